// Draws what window.screens holds as Teams does: messages with their cards, and dialogs. Checks each card that it is given.
const HOST = {
  fontFamily: "'Segoe UI', 'Liberation Sans', Arial, sans-serif",
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 14 },
  separator: { lineThickness: 1, lineColor: "#e1e1e1" },
  supportsInteractivity: true,
  imageBaseUrl: "",
  containerStyles: {
    default: colours("#ffffff"),
    emphasis: colours("#f0f0f0"),
    good: colours("#e7f2da"),
    attention: colours("#fcf4f6"),
    warning: colours("#fbf6d9"),
    accent: colours("#e8ebfa"),
  },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    showCard: { actionMode: "inline", inlineTopMargin: 8, style: "emphasis" },
    actionsOrientation: "horizontal",
    actionAlignment: "left",
  },
  inputs: { label: { inputSpacing: "small", requiredInputs: { suffix: " *", suffixColor: "attention" } } },
};

function colours(backgroundColor) {
  const one = (shade, subtle) => ({ default: shade, subtle });
  return {
    backgroundColor,
    foregroundColors: {
      default: one("#242424", "#616161"),
      dark: one("#242424", "#616161"),
      light: one("#616161", "#8a8a8a"),
      accent: one("#5b5fc7", "#7f85f5"),
      good: one("#237b4b", "#54b054"),
      warning: one("#835c00", "#a87b0c"),
      attention: one("#c4314b", "#cc4a31"),
    },
  };
}

// A field for people, as it looks to a renderer that knows none: Teams takes them in cards of 1.5, and fills them.
function withoutPeople(node) {
  if (Array.isArray(node)) return node.map(withoutPeople);
  if (!node || typeof node !== "object") return node;
  const { "choices.data": query, ...rest } = node;
  if (query && !rest.choices?.length) return { ...rest, choices: [{ title: "Somebody", value: "1" }] };
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, withoutPeople(value)]));
}

// What the renderer of Microsoft finds wrong with a card.
window.wrongWith = (card) => {
  const AC = window.AdaptiveCards;
  const read = new AC.AdaptiveCard();
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  read.parse(withoutPeople(card), context);
  const found = [];
  for (let number = 0; number < context.eventCount; number++) found.push(context.getEventAt(number).message);
  for (const failure of read.validateProperties().validationEvents) found.push(failure.message);
  return found;
};

function drawn(card) {
  const AC = window.AdaptiveCards;
  const shown = new AC.AdaptiveCard();
  shown.hostConfig = new AC.HostConfig(HOST);
  shown.parse(card, new AC.SerializationContext(AC.Versions.v1_5));
  return shown.render();
}

function made(tag, className, ...inside) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...inside.filter(Boolean));
  return element;
}

function text(words) {
  const element = made("div", "text");
  element.innerHTML = window.markdownit({ html: false, breaks: true }).render(words);
  element.innerHTML = element.innerHTML.replace(/\[(\d+)\]/g, '<span class="source">$1</span>');
  return element;
}

function post({ text: words, plain, card, suggested, feedback }, icon) {
  const logo = made("img", "logo");
  logo.src = icon;
  const bubble = made("div", "bubble", words ? text(words) : card ? null : made("div", "text plain", plain));
  if (card) bubble.append(made("div", "card", drawn(card)));
  if (feedback) bubble.append(made("div", "feedback", "👍 👎"));
  const below = (suggested || []).map((one) => made("span", "suggested", one));
  return made("div", "post", logo, made("div", "", made("div", "name", "Chapter & Verse"), bubble, ...below));
}

function dialog({ title, card }) {
  return made("div", "dialog", made("div", "title", title), drawn(card));
}

window.draw = (screens, icon) => {
  for (const screen of screens) {
    const inside = screen.dialog ? [dialog(screen.dialog)] : screen.posts.map((one) => post(one, icon));
    const whole = made("div", "screen", ...inside);
    whole.id = `screen-${screen.name}`;
    document.body.append(whole);
  }
};

// Leaves one screen alone on the page, so that it is drawn alike whatever stands before it.
window.alone = (name) => {
  for (const one of document.querySelectorAll(".screen")) one.hidden = one.id !== `screen-${name}`;
};
