// Draws what window.screens holds: messages in a channel, modals with their frame, and Home.
import React from "react";
import { createRoot } from "react-dom/client";
import { Message } from "slack-blocks-to-jsx";

const LOGO =
  "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='36' height='36'>" +
  "<rect width='36' height='36' rx='8' fill='%23234e52'/>" +
  "<text x='18' y='25' font-size='20' text-anchor='middle' fill='white' font-family='serif'>§</text></svg>";
const AT = new Date("2026-11-21T10:00:00Z");
const NAMES = { users: [], channels: [] };

function Blocks({ blocks, bare = false }) {
  const wrapped = { name: "Chapter & Verse", logo: LOGO, time: AT, data: NAMES, theme: "light" };
  return <Message blocks={blocks} {...wrapped} withoutWrapper={bare} />;
}

function Modal({ screen }) {
  return (
    <div className="modal">
      <div className="title">{screen.title}</div>
      <div className="bare">
        <Blocks blocks={screen.blocks} bare />
      </div>
      <div className="foot">
        {screen.close && <span className="close">{screen.close}</span>}
        {screen.submit && <span className="submit">{screen.submit}</span>}
      </div>
    </div>
  );
}

function Screen({ screen }) {
  if (screen.kind === "modal") return <Modal screen={screen} />;
  if (screen.kind === "home")
    return (
      <div className="bare home">
        <Blocks blocks={screen.blocks} bare />
      </div>
    );
  return (
    <div className="message">
      {screen.alone && <div className="alone">Only visible to you</div>}
      {screen.posts.map((blocks, number) => (
        <Blocks key={number} blocks={blocks} />
      ))}
    </div>
  );
}

createRoot(document.getElementById("root")).render(
  window.screens.map((screen) => (
    <div key={screen.name} id={`screen-${screen.name}`} className="screen">
      <Screen screen={screen} />
    </div>
  )),
);
