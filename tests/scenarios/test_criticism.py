"""Staff ask about criticism of the society."""

from tests.scenarios.conftest import Reads


def test_staff_are_told_no_and_that_they_are_held_to_the_like_of_it(reads: Reads) -> None:
    reads("""
        ...
        > I am staff

        Noted: you ask as a member of staff. You can change that at any time.

        > Can I criticise IPEM on Twitter?

        No, you should not.

          | Social media is not an appropriate place to criticise IPEM, its staff, other members, or partner and
          | stakeholder organisations.
        ...
        you asked as a member of staff. It is not put to you as such, but as an employee you are expected to keep to
        the like.
        ...
        > who says?

        Institute of Physics and Engineering in Medicine (IPEM): “Social media guidelines for staff and
        members”, under
        ...
        Goodbye.
        """)
