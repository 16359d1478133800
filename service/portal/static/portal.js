// The little that htmx does not do by itself. Every page works without this file.
"use strict";

// A report is as tall as what it says, so that the page scrolls and not a box within it.
function fit(frame) {
  const page = frame.contentDocument;
  if (!page || !page.body) return;
  const height = () => { frame.style.height = `${page.documentElement.offsetHeight + 24}px`; };
  height();
  new ResizeObserver(height).observe(page.documentElement);
}
for (const frame of document.querySelectorAll("iframe[data-fit]")) {
  frame.addEventListener("load", () => fit(frame));
  if (frame.contentDocument?.readyState === "complete") fit(frame);
}

// How far a form's files are, and what went wrong on the way.
function uploading(form) { return form.querySelector(".uploading"); }

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target;
  if (!form.matches("form[data-upload]")) return;
  document.getElementById("trouble").textContent = "";
  const chosen = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  uploading(form).hidden = !chosen;
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (!form || !event.detail.lengthComputable) return;
  const share = Math.floor((100 * event.detail.loaded) / event.detail.total);
  uploading(form).querySelector("progress").value = share;
  // Said at every quarter: a screen reader that hears each percent hears nothing else.
  const told = share < 100 ? `${25 * Math.floor(share / 25)} % sent` : "Sent; storing it";
  const status = uploading(form).querySelector("[role=status]");
  if (status.textContent !== told) status.textContent = told;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (form && !event.detail.xhr.getResponseHeader("hx-redirect")) uploading(form).hidden = true;
});

// Copying needs a script; without one the text can be selected.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = button.parentElement.querySelector("[role=status]");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = "Copied.";
    } catch {
      told.textContent = "It is selected; copy it with the keyboard.";
    }
  });
}

function trouble(said) {
  const place = document.getElementById("trouble");
  place.textContent = said;
  place.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:responseError", (event) => {
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const said = answer.querySelector("main p")?.textContent;
  trouble(said || "That did not work. Load the page again and retry.");
});
document.addEventListener("htmx:sendError", () => {
  trouble("The service cannot be reached. Nothing was lost; please try again.");
});

// Problems beside their fields are also tied to them, and the summary is what is read first.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "problems") return;
  for (const problem of document.querySelectorAll(".problem")) {
    const field = document.getElementById(problem.id.replace(/-problem$/, ""));
    if (problem.hidden) field?.removeAttribute("aria-invalid");
    else field?.setAttribute("aria-invalid", "true");
  }
  event.target.focus();
});
