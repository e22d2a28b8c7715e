// Starts the GOV.UK components a page has, and moves focus to the message after a save.
import { initAll } from "../vendor/govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

if (!document.querySelector(".govuk-error-summary")) {
  document.querySelector("[data-takes-focus]")?.focus();
}
