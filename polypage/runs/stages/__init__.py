"""The stages of a run, each a function over a batch of articles; `polypage.runs.pipeline` joins them.

Every stage function stands at the top of its module and takes and gives picklable values, so that
a batch can be sent to another process. It answers for each article (and locale) that it was
given, in that order; what goes wrong with one is told in its outcome, and the others are done.
"""
