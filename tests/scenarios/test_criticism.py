"""Staff meet criticism of the society."""

from tests.scenarios.conftest import Reads


def test_staff_are_sent_to_the_office_and_told_from_which_account_it_matters(reads: Reads) -> None:
    reads("""
        ...
        > I am staff

        Noted: you ask as a member of staff. You can change that at any time.

        > Somebody is criticising IPEM on Twitter, should I reply?

        ...
        you asked as a member of staff.
        ...
        ask National Office.
        ...
        > who says?

        Institute of Physics and Engineering in Medicine (IPEM) does, in “Social media guidelines for staff and
        members”, under
        ...
        Goodbye.
        """)
