"""A group would like an account of its own."""

from tests.scenarios.conftest import Reads


def test_a_group_is_told_what_to_agree_first(reads: Reads) -> None:
    reads("""
        ...
        > We are a group

        Noted: you ask as a group that wants an account. You can change that at any time.

        > What do we have to agree among ourselves before we ask for a Twitter account?

        ...
          | A group that wants an account first agrees among itself the purpose, the audience, and who will provide
          | content and watch for interaction.
            Affiliated social media channels [ipem/new-accounts/agree-first]
        ...
        Goodbye.
        """)
