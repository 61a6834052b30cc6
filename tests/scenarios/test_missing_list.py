"""An ICIS member asks about the list that the copy lacks."""

from tests.scenarios.conftest import Reads


def test_the_missing_list_allows_nothing_forbids_nothing_and_is_not_passed_over(reads: Reads) -> None:
    reads(
        """
        ...
        > Is there a list of what we may not post?

        The list that may say so is missing from the copy that I hold, so I can say neither yes nor no.
        ...
        [icis/professional/you-will-not]

            From ICIS's policy, in our summary (page dated 1 December 2013, last updated November 2013).

        The Society's office can tell you what it says.

        > why?

        Because that is what this says. For the reasons behind it, ask the Society's office.
        ...
        Goodbye.
        """,
        society="icis",
    )
