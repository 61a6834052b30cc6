"""The signals that a text may show, each a file of `signals/`: what it means, its clauses, its rules and its examples.

A file is YAML, every value read as the text that it is:

    means: a company calls itself, or what it makes, the best, the first or the leading one
    clauses: [ipem/retweeting/example-not-fine, ipem/retweeting/no-endorsement]
    advice: Leave out the claim to be the best.     # only where it is a fault in a draft
    found by: impossible date                       # only where a detector in Python sees it instead of words and examples
    beside: [self-promotion]                        # signals whose examples are not held against it
    bad: "We are the world leader in dosimetry."    # its test: here it must be seen
    good: "We now have a stand at the meeting."     # and here it must not
    words:                                          # any of these decides by itself; regular expressions, any case
      - world['’]?s? lead(?:er|ing)
    not words:                                      # a match that lies within one of these does not count
      - leading questions?
    examples: [...]                                 # short posts, one or two sentences, that show it
    near misses: [...]                              # like them, and do not

`{society}` in words and examples stands for each society that holds one of its clauses, by any of its names.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """What a text may show. `clauses` are those that speak of it, the first that binds the writer foremost.

    `advice` says in a few words what to do about it in a draft; a signal without any is no fault.
    """

    name: str
    means: str
    clauses: tuple[str, ...]
    bad: str
    good: str
    advice: str = ""
    found_by: str = ""
    beside: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
