// Moments as a clock on someone's wall shows them.

const formats = new Map();
const locale = document.documentElement.lang;

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  return formats.get(key);
}

export const hour = (moment, zone) =>
  format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment * 1000);

export const day = (moment, zone) =>
  format(zone, { weekday: "short", day: "numeric", month: "short" }).format(moment * 1000).replace(",", "");

export const weekday = (moment, zone) => format(zone, { weekday: "short" }).format(moment * 1000);

export const fullDay = (moment, zone) =>
  format(zone, { weekday: "long", day: "numeric", month: "long" }).format(moment * 1000).replace(",", "");

export const date = (moment, zone) =>
  format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(moment * 1000);

export const iso = (moment) => new Date(moment * 1000).toISOString();

export const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
