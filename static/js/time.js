// time[data-countdown] says beside the moment how much is left.

const MINUTE = 60_000;

function left(ms) {
  if (ms <= 0) return "sudah lewat";
  const minutes = Math.ceil(ms / MINUTE);
  if (minutes < 60) return `${minutes} menit lagi`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} jam ${minutes % 60} menit lagi`;
  return `${Math.floor(hours / 24)} hari lagi`;
}

for (const time of document.querySelectorAll("time[data-countdown]")) {
  const rest = document.createElement("span");
  rest.className = "deadline-left";
  time.after(" ", rest);
  const show = () => (rest.textContent = `(${left(new Date(time.dateTime) - Date.now())})`);
  show();
  setInterval(show, MINUTE / 2);
}
