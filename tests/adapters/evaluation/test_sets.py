"""Which sets of a folder are read."""

import json
from pathlib import Path

import pytest

from adapters.evaluation.figures import BadSet
from adapters.evaluation.sets import read_folder
from tests.adapters.evaluation import test_drafts, test_questions, test_retweets

GOOD = {"questions": test_questions.GOOD, "retweets": test_retweets.GOOD, "drafts": test_drafts.GOOD}


@pytest.mark.parametrize("names", [["questions"], ["retweets"], ["drafts"], list(GOOD)])
def test_whichever_sets_are_there_are_read(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(GOOD[name]), encoding="utf-8")
    sets = read_folder(tmp_path)

    read = {"questions": sets.questions, "retweets": sets.posts, "drafts": sets.drafts}
    assert [name for name, rows in read.items() if rows] == names


def test_a_folder_without_a_set_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match=r"holds no set; name a folder with questions\.jsonl, retweets\.jsonl or drafts"):
        read_folder(tmp_path)
