"""The rules of cards: what Teams takes passes, and each planted fault is found where it stands."""

from typing import Any

import pytest

from tests.adapters.teams.card_rules import DIALOG, LARGEST, MESSAGE, card_problems, texts

Node = dict[str, Any]


def said(words: str, **further: Any) -> Node:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": words, **further}]}


def submit(**further: Any) -> Node:
    return {"type": "Action.Submit", "title": "Send it", "data": {"does": "act"}, **further}


def execute(**further: Any) -> Node:
    instead = submit(title="Claim it", data={"act": 1, "verb": "act"})
    action = {"type": "Action.Execute", "title": "Claim it", "verb": "act", "data": {"act": 1}, "fallback": instead}
    return {**action, **further}


def row(*actions: Any) -> Node:
    return {"type": "ActionSet", "actions": list(actions)}


def field(**further: Any) -> Node:
    return {"type": "Input.Text", "id": "given", "label": "Your answer", **further}


def menu(**further: Any) -> Node:
    choices = [{"title": "One", "value": "1"}, {"title": "Two", "value": "2"}]
    return {"type": "Input.ChoiceSet", "id": "chosen", "label": "Which", "choices": choices, **further}


def box(**further: Any) -> Node:
    return {"type": "Input.Toggle", "id": "ticked", "title": "With my name", **further}


def card(*body: Any, **further: Any) -> Node:
    return {"type": "AdaptiveCard", "version": "1.5", "fallbackText": "Words", "body": list(body), **further}


def asks_first(*actions: Any) -> Node:
    inner = {"type": "AdaptiveCard", "body": [said("Sure?")], "actions": list(actions)}
    return {"type": "Action.ShowCard", "title": "Withdraw it", "card": inner}


def columns(*several: Any) -> Node:
    return {"type": "ColumnSet", "columns": list(several)}


SOUND = [
    card(said("Words", weight="bolder", isSubtle=True), row(execute())),
    card({"type": "Container", "style": "emphasis", "items": [said("Quoted")], "spacing": "small"}),
    card(columns({"type": "Column", "width": "stretch", "items": [said("Left")]})),
    card({"type": "Image", "url": "https://pictures.example/a.png", "altText": "A chart"}),
    card(row(asks_first(execute(), submit(title="Leave it")))),
    card(row(*[submit(title=f"Option {number}") for number in range(6)])),
    card(
        said("Words"), refresh={"action": {"type": "Action.Execute", "verb": "look", "data": {}}, "userIds": ["29:a"]}
    ),
    card(said("Words"), msteams={"width": "full"}),
]
SOUND_DIALOGS = [
    card(field(isMultiline=True, maxLength=20, value="Short", isRequired=True, errorMessage="Say it"), row(submit())),
    card(menu(style="expanded", value="2"), menu(id="several", isMultiSelect=True, value="1,2")),
    card({**menu(), "choices": [], "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}}),
    card(box(value="true", valueOn="true", valueOff="false"), actions=[submit()]),
    card(menu(style="expanded", choices=[{"title": r"a\_b\_c \[x\](y)", "value": "1"}])),
]
BROKEN = [
    ("/version", card(said("Words"), version="1.6")),
    ("/fallbackText", {"type": "AdaptiveCard", "version": "1.5", "body": [said("Words")]}),
    ("", card()),
    ("/lang", card(said("Words"), lang="en")),
    ("/colour", card(said("Words"), colour="red")),
    ("/body/0/type", card({"type": "TextBlock", "text": "Words"})),
    ("/body/0/type", card({"type": "FactSet", "facts": []})),
    ("/body/0/type", card({"type": "Sticker"})),
    ("/body/0/inlines/0/text", card(said(""))),
    ("/body/0/inlines/0/weight", card(said("Words", weight="bold"))),
    ("/body/0/inlines", card({"type": "RichTextBlock", "inlines": []})),
    ("/body/0/inlines/0", card({"type": "RichTextBlock", "inlines": ["Words"]})),
    ("/body/0/spacing", card({**said("Words"), "spacing": "tiny"})),
    ("/body/0/items", card({"type": "Container", "items": []})),
    ("/body/0/items/0/type", card({"type": "Container", "items": [{"type": "Sticker"}]})),
    ("/body/0/style", card({"type": "Container", "items": [said("Words")], "style": "loud"})),
    ("/body/0/columns", card(columns())),
    ("/body/0/columns/0/width", card(columns({"type": "Column", "width": "wide", "items": [said("Words")]}))),
    ("/body/0/altText", card({"type": "Image", "url": "https://pictures.example/a.png"})),
    ("/body/0/url", card({"type": "Image", "url": "http://pictures.example/a.png", "altText": "A chart"})),
    ("/body/0/actions", card(row())),
    ("/body/0/actions", card(row(*[submit(title=f"Option {number}") for number in range(7)]))),
    ("/body/0/actions/0/title", card(row(submit(title="")))),
    ("/body/0/actions/0/style", card(row(submit(style="danger")))),
    ("/body/0/actions/0/data", card(row(submit(data="act")))),
    ("/body/0/actions/0/data", card(row(submit(data={"does": "x" * 6001})))),
    ("/body/0/actions/0/data", card(row({"type": "Action.Submit", "title": "Send it"}))),
    ("/body/0/actions/0/type", card(row({"type": "Action.Http", "title": "Go"}))),
    ("/body/0/actions/0/url", card(row({"type": "Action.OpenUrl", "title": "Go", "url": "javascript:alert(1)"}))),
    ("/body/0/actions/0/verb", card(row({**execute(), "verb": ""}))),
    ("/body/0/actions/0/fallback", card(row(execute(fallback="drop")))),
    ("/body/0/actions/0/fallback/title", card(row(execute(fallback=submit(data={"act": 1}))))),
    ("/body/0/actions/0/fallback/data", card(row(execute(fallback=submit(title="Claim it"))))),
    ("/body/0/actions/0/card/actions/0/type", card(row(asks_first(asks_first(submit()))))),
    ("/body/0/actions/0/card/body/0/type", card(row({**asks_first(), "card": card({"type": "TextBlock"})}))),
    ("/body/1/id", card({**said("Words"), "id": "a"}, {**said("Words"), "id": "a"})),
    ("/body/0/inlines/0/color", card(said("Words", color=None))),
    ("/refresh", card(said("Words"), refresh={})),
    ("/refresh/userIds", card(said("Words"), refresh={"action": {"type": "Action.Execute", "verb": "look"}})),
    (
        "/refresh/userIds",
        card(said("Words"), refresh={"action": {"type": "Action.Execute", "verb": "look"}, "userIds": ["29:a"] * 61}),
    ),
    ("", card(said("x" * LARGEST[MESSAGE]))),
    ("", card(said("half \ud800"))),
]
BROKEN_DIALOGS = [
    ("/body/0/actions/0/type", card(row(execute()))),
    (
        "/refresh",
        card(said("Words"), refresh={"action": {"type": "Action.Execute", "verb": "look"}, "userIds": ["29:a"]}),
    ),
    ("/body/0/id", card({"type": "Input.Text", "label": "Your answer"})),
    ("/body/0/label", card({"type": "Input.Text", "id": "given"})),
    ("/body/0/errorMessage", card(field(isRequired=True))),
    ("/body/0/value", card(field(maxLength=3, value="Long"))),
    ("/body/0/maxLength", card(field(maxLength=0))),
    ("/body/1/id", card(field(), field())),
    ("/body/0/choices", card(menu(choices=[]))),
    ("/body/0/choices", card(menu(choices=[{"title": "One", "value": "1"}, {"title": "Two", "value": "1"}]))),
    ("/body/0/choices/0", card(menu(choices=[{"title": "One"}]))),
    ("/body/0/choices/0", card(menu(choices=[{"title": "", "value": "1"}]))),
    ("/body/0/choices/0/value", card(menu(isMultiSelect=True, choices=[{"title": "One", "value": "1,2"}]))),
    (
        "/body/0/choices/0/title",
        card(menu(style="expanded", choices=[{"title": "[a](https://b.example)", "value": "1"}])),
    ),
    ("/body/0/choices/0/title", card(menu(style="expanded", choices=[{"title": "**bold**", "value": "1"}]))),
    ("/body/0/choices.data", card({**menu(), "choices.data": {"type": "Data.Query"}})),
    ("/body/0/value", card(menu(value="3"))),
    ("/body/0/style", card(menu(style="open"))),
    ("/body/0/title", card({"type": "Input.Toggle", "id": "ticked"})),
    ("/body/0/title", card(box(title="_slanted_"))),
    ("/body/0/value", card(box(value=True))),
]


@pytest.mark.parametrize("sound", SOUND)
def test_a_sound_card_of_a_message_has_no_problem(sound: Node) -> None:
    assert card_problems(sound) == []


@pytest.mark.parametrize("sound", SOUND_DIALOGS)
def test_a_sound_card_of_a_dialog_has_no_problem(sound: Node) -> None:
    assert card_problems(sound, DIALOG) == []


@pytest.mark.parametrize(("at", "broken"), BROKEN)
def test_a_fault_in_a_message_is_found_where_it_stands(at: str, broken: Node) -> None:
    assert at in [problem.pointer for problem in card_problems(broken)]


@pytest.mark.parametrize(("at", "broken"), BROKEN_DIALOGS)
def test_a_fault_in_a_dialog_is_found_where_it_stands(at: str, broken: Node) -> None:
    assert at in [problem.pointer for problem in card_problems(broken, DIALOG)]


@pytest.mark.parametrize("nothing", [None, [], "card", {}, {"type": "AdaptiveCard", "body": {}, "actions": "no"}])
def test_what_is_no_card_is_told_as_such(nothing: Any) -> None:
    assert card_problems(nothing)


def test_all_that_a_card_shows_is_read_in_order() -> None:
    shown = card(said("First"), menu(), row(asks_first(submit())))

    assert texts(shown) == ["First", "Which", "One", "Two", "Withdraw it", "Sure?", "Send it"]
