// Small courtesies; every page works without them. Loaded deferred, from our own origin only.
"use strict";

const page = document.documentElement;
const THEME_FORM = 'form[action="/theme"]';

// Shows the chosen theme at once; the server hears of it in the background.
function changeTheme(form, button) {
  const chosen = button.value;
  if (chosen === "light" || chosen === "dark") page.dataset.theme = chosen;
  else delete page.dataset.theme;
  for (const other of document.querySelectorAll(`${THEME_FORM} [name=theme]`)) {
    other.setAttribute("aria-pressed", String(other.value === chosen));
  }
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, chosen);
  // A failed save costs nothing but the memory of the choice, so nobody is disturbed.
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
}

// Lets a form that changes something go out once; a second press waits for the answer.
function sendOnce(event, form, button) {
  if (form.method !== "post" || "again" in form.dataset) return;
  if ("sent" in form.dataset) return event.preventDefault();
  form.dataset.sent = "";
  if (button) {
    button.dataset.sent = "";
    button.setAttribute("aria-disabled", "true");
  }
  // Whoever stopped the page by hand may try again; the server recognises a doubled post.
  setTimeout(releaseForms, 15000);
}

// Makes every form usable again, also on a page the browser brings back from its memory.
function releaseForms() {
  for (const sent of document.querySelectorAll("[data-sent]")) {
    delete sent.dataset.sent;
    if (sent.matches("button, input")) sent.removeAttribute("aria-disabled");
  }
}

// Tells the exact local moment behind words such as "2 days ago".
function nameTimes() {
  const words = new Intl.DateTimeFormat(page.lang || undefined, { dateStyle: "full", timeStyle: "short" });
  for (const time of document.querySelectorAll("time[datetime*=T]:not([title])")) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.getTime())) time.title = words.format(moment);
  }
}

// Lets the server write times in the zone this person lives in.
function rememberZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || !/^[\w+/-]+$/.test(zone) || document.cookie.split("; ").includes(`tz=${zone}`)) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `tz=${zone}; Path=/; SameSite=Lax; Max-Age=31536000${secure}`;
}

// Offers to copy what stands in a field, where the browser lets us; else it is selected and copied by hand.
function offerCopies() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      await navigator.clipboard.writeText(field.value).then(() => (button.textContent = button.dataset.done), () => {});
    });
  }
}

// Closes open menus that do not hold the given element.
function closeMenus(keep) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(keep)) menu.open = false;
  }
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (button && form.matches(THEME_FORM)) {
    event.preventDefault();
    return changeTheme(form, button);
  }
  sendOnce(event, form, button);
});
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Draws anew what changes by itself, such as how far a list is; when it has ended, the whole page.
async function follow() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  try {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (answer.ok) {
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
      if (!drawn) return location.reload();
      live.replaceChildren(...drawn.childNodes);
    } else if (answer.status !== 503) return location.reload();
  } catch {
    // Away for a moment; the next round tells.
  }
  setTimeout(follow, 2000);
}

nameTimes();
rememberZone();
offerCopies();
if (document.querySelector("[data-live]")) setTimeout(follow, 2000);

// In the narrow navigation, brings the current page's link into view without moving the page.
const here = document.querySelector('.nav [aria-current="page"]');
const nav = here?.closest(".nav");
if (nav) nav.scrollLeft += here.getBoundingClientRect().left - nav.getBoundingClientRect().left - 16;

addEventListener("pageshow", () => {
  releaseForms();
  // Not every browser obeys autofocus on a message, so it is done here once more, after the browser's own turn.
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector("[data-focus]")?.focus();
  });
});
