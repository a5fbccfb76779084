/* What script adds to pages that already work without it: menus that close, the search key, theme, toasts, busy buttons,
   guards against double posts and lost text, the drawer, dialogs, row selection. No eval, no inline handlers. */
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const near = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
  const isTyping = (element) => element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  /* One polite live region: say("Saved 09:41") */
  let sayTimer = 0;
  const say = (text) => {
    const live = document.getElementById("live");
    if (!live || !text) return;
    live.textContent = "";
    clearTimeout(sayTimer);
    sayTimer = setTimeout(() => { live.textContent = text; }, 60);
  };

  /* Theme: a cookie the server reads, so that no page flashes */
  const readTheme = () => root.dataset.theme || "";
  const showTheme = () => {
    all("[data-theme-choice]").forEach((box) => { box.hidden = false; });
    all("[data-theme-set]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.themeSet === readTheme())));
  };
  const setTheme = (theme) => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
    showTheme();
  };

  /* Menus are details elements */
  const closeMenus = (except) => all("details[data-menu][open]").forEach((menu) => { if (menu !== except) menu.open = false; });

  /* Drawer: the navigation under 1024 px; without script the link's target opens it */
  let drawerOpener = null;
  const isDrawerOpen = () => root.classList.contains("nav-open");
  const openDrawer = (opener) => {
    const nav = document.getElementById("nav");
    if (!nav) return;
    drawerOpener = opener;
    root.classList.add("nav-open");
    all("main, .bottom, .top").forEach((part) => { part.inert = true; });
    const first = nav.querySelector("[aria-current], a");
    if (first) first.focus();
  };
  const closeDrawer = () => {
    if (!isDrawerOpen()) return;
    root.classList.remove("nav-open");
    all("[inert]").forEach((part) => { part.inert = false; });
    if (drawerOpener) drawerOpener.focus();
  };

  /* Toasts: 6 s, stay under the pointer and while focused */
  const watchToast = (toast) => {
    if (toast.dataset.watched) return;
    toast.dataset.watched = "1";
    let timer = 0;
    const start = () => { clearTimeout(timer); timer = setTimeout(() => toast.remove(), 6000); };
    const stay = () => clearTimeout(timer);
    toast.addEventListener("pointerenter", stay);
    toast.addEventListener("pointerleave", start);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("focusout", start);
    start();
  };

  /* Buttons of a form being sent: same width, turning icon, no second post */
  const spin = (button) => {
    button.style.minWidth = `${button.offsetWidth}px`;
    button.setAttribute("aria-busy", "true");
    const use = button.querySelector(".icon use");
    if (use) {
      button.dataset.icon = use.getAttribute("href");
      use.setAttribute("href", button.dataset.icon.replace(/#.*/, "#loader-circle"));
    }
  };
  const rest = (form) => {
    delete form.dataset.sent;
    all("[aria-busy]", form).forEach((button) => {
      button.removeAttribute("aria-busy");
      button.style.minWidth = "";
      const use = button.querySelector(".icon use");
      if (use && button.dataset.icon) use.setAttribute("href", button.dataset.icon);
    });
  };

  /* Text not yet saved: forms with data-guard ask before the page is left */
  const isChanged = (form) => all("input, textarea, select", form).some((field) => {
    if (field.type === "hidden" || field.type === "submit" || field.disabled) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  });

  /* Rows with boxes */
  const showSelection = (table) => {
    const boxes = all("tbody .box", table);
    const ticked = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr").classList.toggle("on", box.checked));
    const head = table.querySelector("[data-select-all]");
    if (head) { head.checked = ticked.length > 0 && ticked.length === boxes.length; head.indeterminate = ticked.length > 0 && ticked.length < boxes.length; }
    const bar = (table.closest("form") || document).querySelector("[data-selection-bar]");
    if (!bar) return;
    bar.hidden = ticked.length === 0;
    const text = bar.querySelector("[data-selection-text]");
    if (text && text.dataset.template) text.textContent = text.dataset.template.replace("%d", ticked.length);
  };

  /* A cell that waits to be mended: its table is moved sideways until it stands clear of the fixed columns */
  const showCell = (cell) => {
    const wrap = cell.closest(".table-wrap");
    const [outer, inner] = [wrap.getBoundingClientRect(), cell.getBoundingClientRect()];
    if (inner.left >= outer.left + 56 && inner.right <= outer.right - 112) return;
    wrap.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  };

  /* Its row goes to where the bar on top does not cover it, with the form below it */
  const bringUp = (field) => {
    const row = field.closest("tr").previousElementSibling;
    const [above, below] = [row.getBoundingClientRect().top, field.getBoundingClientRect().bottom];
    if (above < 64 || below > window.innerHeight - 96) row.scrollIntoView({ block: "start", inline: "nearest" });
  };

  const ready = (from) => {
    all("[data-toast]", from).forEach(watchToast);
    all("table[data-select]", from).forEach(showSelection);
    all("[data-show-cell]", from).forEach(showCell);
    const focus = from.querySelector("[data-focus]");
    if (!focus) return;
    focus.focus({ preventScroll: focus.hasAttribute("data-of-row") });
    if (focus.hasAttribute("data-of-row")) bringUp(focus);
  };

  /* A list of cells: once one is saved, the next one waits */
  const goOn = () => {
    const saved = document.querySelector("[data-then-next]");
    if (!saved) return;
    saved.removeAttribute("data-then-next");
    const rest = all("[data-cell]").find((cell) => saved.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (rest) { rest.focus(); if (rest.select) rest.select(); }
  };

  document.addEventListener("click", (event) => {
    closeMenus(near(event, "details[data-menu]"));
    const themeButton = near(event, "[data-theme-set]");
    if (themeButton) {
      event.preventDefault();
      setTheme(themeButton.dataset.themeSet);
      const form = themeButton.form;
      const kept = form && form.getAttribute("action");
      if (kept) fetch(kept, { method: "POST", body: new FormData(form, themeButton), redirect: "manual" }).catch(() => {});
    }
    const found = document.getElementById("found");
    if (found && !near(event, ".top-search")) found.textContent = "";
    const opener = near(event, "[data-drawer]");
    if (opener) { event.preventDefault(); openDrawer(opener); }
    if (near(event, "[data-drawer-close]")) { event.preventDefault(); closeDrawer(); }
    const toastClose = near(event, "[data-toast-close]");
    if (toastClose) toastClose.closest("[data-toast]").remove();
    const dialogOpener = near(event, "[data-dialog]");
    const dialog = dialogOpener && document.getElementById(dialogOpener.dataset.dialog);
    if (dialog && dialog.showModal) { event.preventDefault(); dialog.showModal(); }
    const dialogClose = near(event, "[data-dialog-close]");
    if (dialogClose && dialogClose.closest("dialog")) dialogClose.closest("dialog").close();
    if (near(event, "[data-print]")) window.print();
    const copy = near(event, "[data-copy]");
    if (copy && navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy).then(() => say(copy.dataset.copied));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const found = document.getElementById("found");
      if (found) found.textContent = "";
      const menu = document.querySelector("details[data-menu][open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
      closeDrawer();
    }
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      const search = all("[data-search]").find((field) => field.offsetParent !== null);
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
  });
  document.addEventListener("focusout", (event) => {
    const menu = near(event, "details[data-menu][open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });

  document.addEventListener("change", (event) => {
    const table = near(event, "table[data-select]");
    if (table) {
      if (event.target.matches("[data-select-all]")) all("tbody .box", table).forEach((box) => { box.checked = event.target.checked; });
      showSelection(table);
    }
    const choice = near(event, ".choice");
    if (choice) all("label", choice).forEach((label) => { label.className = label.querySelector("input").checked ? label.dataset.on : ""; });
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });

  /* A slider of days says the day it stands on while it moves */
  document.addEventListener("input", (event) => {
    const slide = near(event, "input[data-first-day]");
    if (!slide) return;
    const [year, month, first] = slide.dataset.firstDay.split("-").map(Number);
    const there = new Date(Date.UTC(year, month - 1, first + Number(slide.value)));
    const said = there.toISOString().slice(0, 10).split("-").reverse().join("/");
    slide.setAttribute("aria-valuetext", said);
    document.getElementById(slide.dataset.dayIn).textContent = said;
  });

  /* What pages keep on the device for later stands under "kept:"; who signs out is told of it, and takes it away */
  const leavesNothing = (form) => {
    let kept = [];
    try { kept = Object.keys(localStorage).filter((key) => key.startsWith("kept:")); } catch { return true; }
    if (kept.length && !window.confirm(form.dataset.signOut.replace("{count}", kept.length))) return false;
    kept.forEach((key) => localStorage.removeItem(key));
    return true;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.signOut && !leavesNothing(form)) { event.preventDefault(); return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    if (event.submitter instanceof HTMLButtonElement && event.submitter.classList.contains("btn")) spin(event.submitter);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(rest));
  window.addEventListener("beforeunload", (event) => {
    if (all("form[data-guard]:not([data-sent])").some(isChanged)) event.preventDefault();
  });

  ["dragenter", "dragover", "dragleave", "drop"].forEach((kind) => document.addEventListener(kind, (event) => {
    const drop = near(event, "[data-drop]");
    if (!drop) return;
    event.preventDefault();
    drop.toggleAttribute("data-over", kind === "dragenter" || kind === "dragover");
    const input = drop.querySelector("input[type=file]");
    if (kind === "drop" && input && event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }));

  document.addEventListener("change", (event) => {
    const drop = event.target.type === "file" && near(event, "[data-drop]");
    const name = drop && drop.querySelector("[data-file-name]");
    if (name) name.textContent = [...event.target.files].map((file) => file.name).join(", ");
  });

  /* htmx: new parts get the same care; an answer may carry words for the live region in HX-Trigger {"say": "…"} */
  document.addEventListener("htmx:afterSwap", (event) => { ready((event.detail && event.detail.target) || document); goOn(); });
  document.addEventListener("htmx:oobAfterSwap", () => all("[data-toast]").forEach(watchToast));
  document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest("form"); if (form) rest(form); });

  /* A part of a page that nothing came of: no network, no session, gone, a fault. What asks by itself again and again is not told of */
  const unanswered = (why) => {
    const toasts = document.getElementById("toasts");
    const words = document.querySelector(`template[data-unanswered="${why}"]`);
    all("[data-told]").forEach((old) => old.remove());
    if (!toasts || !words || !why) return;
    const told = document.importNode(words.content, true).firstElementChild;
    told.dataset.told = why;
    toasts.append(told);
  };
  const isAsked = (event) => event.detail && event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
  const why = (status) => (status === 404 ? "gone" : status === 401 || status === 403 ? "ended" : "fault");
  ["htmx:sendError", "htmx:timeout"].forEach((kind) => document.addEventListener(kind, (event) => { if (isAsked(event)) unanswered("away"); }));
  document.addEventListener("htmx:responseError", (event) => { if (isAsked(event)) unanswered(why(event.detail.xhr.status)); });
  document.addEventListener("htmx:afterSwap", (event) => { if (isAsked(event)) unanswered(""); });
  document.addEventListener("say", (event) => say(event.detail && (event.detail.value || event.detail)));

  /* On a phone the current tab may stand outside the window */
  all(".tabs [aria-current], .segments [aria-current]").forEach((tab) => {
    const row = tab.closest(".tabs, .segments");
    const [here, whole] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    if (here.right > whole.right) row.scrollLeft += here.left - whole.left - 32;
  });

  showTheme();
  ready(document);
})();
