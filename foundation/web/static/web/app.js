// Starts the GOV.UK components a page has, moves focus to the message after a save, and hides the screen.
import { initAll } from "../vendor/govuk-frontend.js";
import "./hide.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

if (!document.querySelector(".govuk-error-summary")) {
  document.querySelector("[data-takes-focus]")?.focus();
}
