// What the pages do more with a script than without: keys, judging without loading again, copying, following an update.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(name + "="))?.split("=")[1];

  // ---- keys, by their place on the keyboard, so that they work in every layout
  const marks = () => (all("[data-step]").length ? all("[data-step]") : all(".text mark[id]"));
  let current = -1;

  function go(step) {
    const places = marks();
    if (!places.length) return;
    current = Math.min(Math.max(current + step, 0), places.length - 1);
    places.forEach((one) => one.classList.remove("here"));
    const place = places[current];
    place.classList.add("here");
    place.scrollIntoView({ block: "center" });
    const link = place.matches("mark") ? null : place.querySelector("a[href]");
    if (link) link.focus({ preventScroll: true });
    else location.replace("#" + place.id);
  }

  const follow = (selector) => {
    const link = document.querySelector(selector);
    if (link) link.click();
    return Boolean(link);
  };

  function judgeHere(verdict) {
    const place = marks()[current];
    place?.querySelector(`button[data-verdict="${verdict}"]`)?.click();
  }

  const keys = {
    Slash: () => { const box = document.querySelector("#q"); box.focus(); box.select(); },
    KeyJ: () => go(1),
    KeyK: () => go(-1),
    KeyO: () => { if (current >= 0) marks()[current].querySelector("a[href]")?.click(); else follow('[data-key="open"]'); },
    KeyU: () => follow('[data-key="up"]') || history.back(),
    BracketLeft: () => follow('[data-key="previous"]'),
    BracketRight: () => follow('[data-key="next"]'),
    KeyY: () => judgeHere("right"),
    KeyN: () => judgeHere("wrong"),
    KeyM: () => judgeHere("unsure"),
    KeyE: () => { const list = document.querySelector(".exports"); if (list) { list.open = true; list.querySelector("a").focus(); } },
    KeyC: () => document.querySelector("[data-copy-of]")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || cookie("keys") === "off") return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const key = event.shiftKey ? (event.code === "Slash" ? () => { location.href = "/help"; } : null) : keys[event.code];
    if (key) {
      event.preventDefault();
      key();
    }
  });

  // ---- judging
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest(".judge form");
    const button = event.submitter;
    if (!form || !button) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set("verdict", button.value);
    try {
      const reply = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
      if (!reply.ok) throw new Error(String(reply.status));
      const { verdict } = await reply.json();
      all("button", form).forEach((one) => {
        const chosen = one.dataset.verdict === verdict;
        one.setAttribute("aria-pressed", String(chosen));
        one.value = chosen ? "" : one.dataset.verdict;
      });
    } catch {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "verdict", value: button.value }));
      HTMLFormElement.prototype.submit.call(form);
    }
  });

  // ---- copying
  if (navigator.clipboard) {
    all("button.copy").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const text = button.dataset.copy
          ? new URL(button.dataset.copy, location.href).href
          : document.getElementById(button.dataset.copyOf).textContent;
        await navigator.clipboard.writeText(text);
        button.textContent = "✓";
      });
    });
  }

  // ---- suggestions in the box: names and better queries, as a list of the browser's own
  const box = document.querySelector("#q");
  let timer = 0;
  box?.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim().length < 3) return;
    timer = setTimeout(async () => {
      const reply = await fetch("/api/v1/suggest?q=" + encodeURIComponent(box.value));
      if (!reply.ok) return;
      const [, found] = await reply.json();
      let list = document.getElementById("suggestions");
      if (!list) {
        list = Object.assign(document.createElement("datalist"), { id: "suggestions" });
        document.body.append(list);
        box.setAttribute("list", "suggestions");
      }
      list.replaceChildren(...found.map((value) => Object.assign(document.createElement("option"), { value })));
    }, 250);
  });

  // ---- an update under way, and the filters of a wide screen
  const reload = document.querySelector("[data-reload]");
  if (reload) setTimeout(() => location.reload(), 1000 * Number(reload.dataset.reload));
  if (matchMedia("(min-width: 60rem)").matches) all("details.filters").forEach((one) => { one.open = true; });

  // ---- after Apply the focus is on the count
  if (location.hash === "#count") document.getElementById("count")?.focus();
})();
