(() => {
  "use strict";
  const root = document.documentElement;
  // Before an element of the page can take the name.
  const all = document.querySelectorAll.bind(document);
  let marks = [];
  let quiet = 0;
  let asked = false;

  const say = (message) => parent.postMessage({ polypage: 1, ...message }, "*");
  const number = (mark) => Number(mark.dataset.polypage);

  // The marks in the order of the page, those that take up no room left out.
  const collect = () => {
    marks = [...all("[data-polypage]")].filter(
      (mark) => mark.getClientRects().length > 0,
    );
  };

  const first = (test) => {
    let low = 0;
    let high = marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (test(marks[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  // Where the page stands: a mark near the top, and how far it is from there.
  const standing = () => {
    const at = first((mark) => mark.getBoundingClientRect().bottom > 8);
    const mark = marks[Math.min(at, marks.length - 1)];
    const room = root.scrollHeight - innerHeight;
    return {
      mark: mark ? number(mark) : -1,
      offset: mark ? mark.getBoundingClientRect().top : 0,
      share: room > 0 ? scrollY / room : 0,
    };
  };

  const stand = ({ mark, offset, share }) => {
    quiet = performance.now() + 200;
    const room = root.scrollHeight - innerHeight;
    const same = marks.find((each) => number(each) === mark);
    if (share <= 0.001 || share >= 0.999 || !same) scrollTo(0, share * room);
    else scrollBy(0, same.getBoundingClientRect().top - offset);
  };

  const ofEntry = (name) => {
    const kept = [...all("[data-polypage-entry]")];
    const found = kept.filter((mark) => mark.dataset.polypageEntry === name);
    return found.length ? found : withText(name);
  };

  // Elements with a text in an attribute: a picture's, a field's.
  const withText = (name) =>
    [...all("img,input,button,a,area,video,audio,abbr,[aria-label],[title]")].filter(
      (element) => texts(element).includes(name),
    );

  const texts = (element) =>
    [...element.attributes]
      .filter((attribute) => attribute.name.startsWith("data-polypage-text-"))
      .map((attribute) => attribute.value.split(" ")[0]);

  const choose = ({ entry, offset }) => {
    for (const mark of all("[data-polypage-chosen]"))
      mark.removeAttribute("data-polypage-chosen");
    const found = ofEntry(entry);
    for (const mark of found) mark.setAttribute("data-polypage-chosen", "");
    const mark = found.find((each) => each.getClientRects().length > 0);
    if (mark && offset !== null) {
      quiet = performance.now() + 200;
      scrollBy(0, mark.getBoundingClientRect().top - offset);
    }
  };

  addEventListener("message", (event) => {
    if (event.source !== parent) return;
    const message = event.data;
    if (message.kind === "stand") stand(message);
    if (message.kind === "choose") choose(message);
    if (message.kind === "show") root.setAttribute("data-polypage-show", message.states);
  });

  addEventListener(
    "scroll",
    () => {
      if (asked || performance.now() < quiet) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        say({ kind: "stands", ...standing() });
      });
    },
    { passive: true },
  );

  addEventListener(
    "click",
    (event) => {
      const mark = event.target.closest("[data-polypage-entry]");
      const entry = mark ? mark.dataset.polypageEntry : texts(event.target)[0];
      event.preventDefault();
      event.stopPropagation();
      const top = (mark || event.target).getBoundingClientRect().top;
      if (entry) say({ kind: "chosen", entry, offset: top });
    },
    true,
  );
  for (const kind of ["submit", "auxclick"])
    addEventListener(kind, (event) => event.preventDefault(), true);

  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input,textarea,select,[contenteditable]");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && !typing && ["j", "k", "n", "/"].includes(event.key)) {
      event.preventDefault();
      say({ kind: "key", key: event.key });
    }
  });

  addEventListener("DOMContentLoaded", () => {
    collect();
    say({ kind: "ready" });
  });
  addEventListener("load", collect);
  addEventListener("resize", collect);
})();
