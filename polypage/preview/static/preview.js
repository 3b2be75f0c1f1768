(() => {
  "use strict";
  const body = document.body;
  const tools = document.getElementById("tools");
  const list = document.getElementById("list");
  const panel = document.getElementById("panel");
  const frames = { source: null, target: null };
  const isLive = body.dataset.events !== "";
  const shown = { states: [], search: "", findings: false };
  let chosen = "";
  let generation = 0;

  const rows = () => [...document.querySelectorAll("#entries > li")];
  const button = (row) => row.firstElementChild;
  const visible = () => rows().filter((row) => !row.hidden);
  const rowOf = (name) => {
    const found = document.querySelector(`#entries button[data-entry="${CSS.escape(name)}"]`);
    return found && found.parentElement;
  };

  // --- frames: documents of their own, which are only talked to -------------------------------

  const tell = (side, message) => frames[side].contentWindow.postMessage(message, "*");
  const tellBoth = (message) => Object.keys(frames).forEach((side) => tell(side, message));
  const other = (side) => (side === "source" ? "target" : "source");
  const stands = { source: null, target: null };
  const coming = {};
  const awaited = {};
  const states = () => [...shown.states, "findings"].join(" ");

  for (const side of Object.keys(frames)) frames[side] = document.querySelector(`iframe[name=${side}]`);

  const sideOf = (source) =>
    Object.keys(frames).find((side) => frames[side].contentWindow === source) ||
    Object.keys(coming).find((side) => coming[side].contentWindow === source);

  addEventListener("message", (event) => {
    const message = event.data;
    const side = sideOf(event.source);
    if (!side || !message || message.polypage !== 1) return;
    if (message.kind === "ready") greet(side, event.source);
    if (message.kind === "chosen" && rowOf(String(message.entry))) {
      choose(String(message.entry), { from: side, offset: Number(message.offset) });
    }
    if (message.kind === "key") key(String(message.key));
    if (message.kind === "stands") {
      const place = {
        mark: Number(message.mark),
        offset: Number(message.offset),
        share: Number(message.share),
      };
      stands.source = stands.target = place;
      tell(other(side), { kind: "stand", ...place });
    }
  });

  // A frame that has loaded: it takes the place of the one before it, and stands where that stood.
  const greet = (side, source) => {
    source.postMessage({ kind: "show", states: states() }, "*");
    if (stands[side]) source.postMessage({ kind: "stand", ...stands[side] }, "*");
    if (chosen) source.postMessage({ kind: "choose", entry: chosen, offset: null }, "*");
    if (awaited[side]) awaited[side]();
    if (coming[side] && coming[side].contentWindow === source) {
      frames[side].remove();
      coming[side].classList.remove("coming");
      frames[side] = coming[side];
      delete coming[side];
    }
  };

  const reload = (side) => {
    if (coming[side]) coming[side].remove();
    const frame = frames[side].cloneNode();
    frame.classList.add("coming");
    coming[side] = frame;
    frames[side].after(frame);
    return seen(side, frame);
  };

  const seen = (side, frame) =>
    new Promise((done) => {
      awaited[side] = done;
      frame.addEventListener("load", done, { once: true }); // of one that only says what is wrong
    });

  const both = (work) => Promise.all(Object.keys(frames).map(work));

  // --- the list -------------------------------------------------------------------------------

  const readTools = () => {
    const given = new FormData(tools);
    shown.states = given.getAll("state");
    shown.findings = given.has("findings");
    shown.search = String(given.get("search")).trim().toLowerCase();
  };

  const filter = () => {
    readTools();
    const counts = { findings: 0 };
    let any = false;
    for (const row of rows()) {
      const found = "findings" in row.dataset;
      counts[row.dataset.state] = (counts[row.dataset.state] || 0) + 1;
      if (found) counts.findings += 1;
      row.hidden = !(
        shown.states.includes(row.dataset.state) &&
        (!shown.findings || found) &&
        (!shown.search || row.textContent.toLowerCase().includes(shown.search))
      );
      any = any || !row.hidden;
    }
    for (const count of tools.querySelectorAll("[data-count]"))
      count.textContent = counts[count.dataset.count] || 0;
    document.getElementById("none").hidden = any;
    rove();
    tellBoth({ kind: "show", states: states() });
  };

  // One entry of the list is reached with Tab, the others from there with the arrow keys.
  const rove = (row = rowOf(chosen)) => {
    const target = row && !row.hidden ? row : visible()[0];
    for (const each of document.querySelectorAll('#entries button[tabindex="0"]')) each.tabIndex = -1;
    if (target) button(target).tabIndex = 0;
    return target;
  };

  const move = (step) => {
    const all = visible();
    const at = all.findIndex((row) => button(row).dataset.entry === chosen);
    const row = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (row) choose(button(row).dataset.entry, { focus: true });
  };

  const next = () => {
    const all = rows();
    const at = all.findIndex((row) => button(row).dataset.entry === chosen);
    const ahead = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    const row = ahead.find((each) => each.dataset.state !== "translated");
    if (!row) return;
    if (row.hidden) {
      tools.reset();
      filter();
    }
    choose(button(row).dataset.entry, { focus: true });
  };

  const choose = async (name, { from = "", focus = false, offset = 80 } = {}) => {
    chosen = name;
    for (const each of document.querySelectorAll("#entries [aria-current]"))
      each.removeAttribute("aria-current");
    const row = rowOf(name);
    if (row) {
      button(row).setAttribute("aria-current", "true");
      rove(row);
      row.scrollIntoView({ block: "nearest" });
      if (focus) button(row).focus({ preventScroll: true });
    }
    for (const side of Object.keys(frames))
      tell(side, { kind: "choose", entry: name, offset: side === from ? null : offset });
    history.replaceState(null, "", `#${name}`);
    await show(name);
  };

  // --- the panel ------------------------------------------------------------------------------

  const show = async (name) => {
    const held = document.getElementById(`details-${name}`);
    const mine = ++generation;
    if (held) {
      panel.replaceChildren(held.content.cloneNode(true));
      return;
    }
    if (!body.dataset.entry) return;
    const answer = await fetch(body.dataset.entry.replace("/NAME/", `/${name}/`));
    const html = answer.ok ? await answer.text() : "";
    if (mine === generation) panel.replaceChildren(...parsed(html).childNodes);
  };

  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  panel.addEventListener("click", async (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    if (pressed.dataset.copy !== undefined) {
      await navigator.clipboard.writeText(pressed.dataset.copy);
      pressed.textContent = "Copied";
    } else if (pressed.dataset.edit !== undefined) {
      const [, , , locale, ...slug] = body.dataset.entries.split("/");
      const answer = await fetch(body.dataset.edit, {
        method: "POST",
        headers: { "X-Polypage-Token": body.dataset.token, "Content-Type": "application/json" },
        body: JSON.stringify({
          locale,
          slug: decodeURIComponent(slug.join("/")),
          name: pressed.dataset.name,
          editor: Number(pressed.dataset.edit),
        }),
      });
      pressed.textContent = answer.ok ? "Opened" : "Cannot be opened";
    }
  });

  // --- keys -----------------------------------------------------------------------------------

  const key = (pressed) => {
    if (pressed === "j") move(1);
    if (pressed === "k") move(-1);
    if (pressed === "n") next();
    if (pressed === "/") tools.elements.search.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input[type=search]");
    const inList = event.target.closest("#entries");
    if (event.key === "Escape") {
      const row = rove();
      if (row) button(row).focus();
    } else if (field) {
      if (event.key === "Enter") event.preventDefault();
      if (event.key === "Enter" || event.key === "ArrowDown") move(0);
    } else if (["j", "k", "n", "/"].includes(event.key)) {
      event.preventDefault();
      key(event.key);
    } else if (inList && ["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) {
      event.preventDefault();
      move({ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key]);
    } else if (inList && event.key === "Enter" && event.target.dataset.entry === chosen) {
      event.preventDefault();
      panel.focus();
    }
  });

  list.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[data-entry]");
    if (pressed) choose(pressed.dataset.entry, { focus: true });
  });
  tools.addEventListener("input", filter);
  tools.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("next").addEventListener("click", next);

  // --- while somebody works on the catalog ----------------------------------------------------

  let asking = 0;
  const refresh = async ({ atOnce }) => {
    const mine = ++asking;
    const answer = await fetch(body.dataset.entries + (atOnce ? "?at-once" : ""));
    if (!answer.ok || mine !== asking) return;
    const top = list.scrollTop;
    const had = document.activeElement && document.activeElement.closest("#entries");
    document.getElementById("sheet").replaceWith(parsed(await answer.text()));
    filter();
    const row = rowOf(chosen);
    if (row) {
      button(row).setAttribute("aria-current", "true");
      if (had) button(row).focus({ preventScroll: true });
      show(chosen);
    }
    list.scrollTop = top;
  };

  // What takes time is asked for when people see something.
  const settle = async () => {
    if (document.getElementById("sheet").dataset.checked === "no") {
      await refresh({ atOnce: false });
      both(reload);
    }
    tellStanding();
  };

  const tellStanding = async () => {
    if (!body.dataset.standing) return;
    const answer = await fetch(body.dataset.standing);
    if (answer.ok) document.getElementById("standing").replaceWith(parsed(await answer.text()));
  };

  const listen = () => {
    const events = new EventSource(body.dataset.events);
    const lost = document.getElementById("lost");
    const changed = async () => {
      await Promise.all([refresh({ atOnce: true }), both(reload)]);
      settle();
    };
    events.addEventListener("changed", changed);
    events.addEventListener("open", () => {
      if (!lost.hidden) changed();
      lost.hidden = true;
    });
    events.addEventListener("error", () => (lost.hidden = false));
  };

  filter();
  if (isLive) {
    const loaded = new Promise((done) => addEventListener("load", done, { once: true }));
    Promise.race([loaded, both((side) => seen(side, frames[side]))]).then(settle);
    listen();
    addEventListener("focus", tellStanding); // somebody may have built the page meanwhile
  }
  const wanted = location.hash.slice(1);
  if (wanted && rowOf(wanted)) choose(wanted);
})();
