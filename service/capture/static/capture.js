// The camera check: asks the service what to show, shows it while the camera records, sends both.
"use strict";

const FRAMES_A_SECOND = 5;
const QUALITY = 0.85;
const SECONDS_AFTER = 0.4; // The end of the last act is still seen.
const SHORTEST_COLOUR = 1 / 3; // Seconds: never over three flashes a second (WCAG 2.2, 2.3.1).

const ACTS = {
  look: ["Look into the camera", "◎"],
  turn_left: ["Turn your head to your left", "←"],
  turn_right: ["Turn your head to your right", "→"],
  look_up: ["Lift your chin and look up", "↑"],
  look_down: ["Lower your chin and look down", "↓"],
  nod: ["Nod your head", "↕"],
  blink_twice: ["Close your eyes and open them, twice", "◡ ◡"],
  move_closer: ["Move closer to the camera", "⊕"],
  hand_across: ["Move a hand slowly across your face", "⇄"],
  read_digits: ["Read this aloud", "❝"],
  colours: ["Keep still while the screen changes its colour", "◐"],
};

class Trouble extends Error {
  constructor(what, why) { super(what); this.why = why; }
}

const find = (id) => document.getElementById(id);
const here = location.pathname.replace(/\/$/, "");
const rooms = ["about", "ready", "doing", "sending", "done", "again", "trouble"];
let stream = null;
let chosen = null; // The camera's id, once somebody chose one; forgotten where it fails.
let unsent = null; // A recording with its challenge's id, until the service has it.
let changed = 0; // Seconds: when the screen got another colour.

function enter(room) {
  for (const one of rooms) find(one).hidden = one !== room;
  find(room).querySelector("h1").focus(); // A screen reader goes on from there.
}

// The camera.

const REFUSED = {
  NotAllowedError: ["The camera may not be used", "Your browser was told not to let this page use the camera. Allow it, most often by the sign of a camera or a lock beside the address, and try again."],
  NotFoundError: ["No camera was found", "Connect one, or open its cover or switch, and try again."],
  NotReadableError: ["The camera is in use", "Another program seems to have it. Close calls and other camera programs and try again."],
};

async function open() {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new Trouble("This browser gives no camera", "The page has to be reached over https, by a browser of today.");
  }
  close();
  const size = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
  const which = chosen ? { deviceId: { exact: chosen } } : { facingMode: "user" };
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, ...which } });
  } catch (error) {
    chosen = null;
    const told = REFUSED[error.name] ?? ["The camera did not open", "Choose another one, or try again."];
    throw new Trouble(...told);
  }
  return stream;
}

function close() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
}

async function play(video) {
  video.srcObject = stream;
  await video.play();
  if (!video.requestVideoFrameCallback) return;
  await new Promise((resolve, reject) => {
    video.requestVideoFrameCallback(resolve);
    setTimeout(() => reject(new Trouble("The camera shows nothing", "Open its cover or switch, or choose another one.")), 10_000);
  }).catch((error) => { chosen = null; throw error; });
}

async function preview() {
  find("start").disabled = true; // Until there is a picture.
  await open();
  enter("ready");
  const using = stream.getVideoTracks()[0].getSettings().deviceId;
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
  find("camera").replaceChildren(...cameras.map((one, n) =>
    new Option(one.label || `Camera ${n + 1}`, one.deviceId, false, one.deviceId === using)));
  await play(find("preview"));
  find("start").disabled = false;
}

// What the service is asked and told.

function problem(status, text) {
  let told = {};
  try { told = JSON.parse(text); } catch { /* It is no answer of the service. */ }
  const detail = told.detail ?? "The service cannot be reached. Please try again in a moment.";
  const trouble = new Trouble("That did not work", detail);
  trouble.type = told.type?.split(":").pop();
  // The same may be taken later; all other refusals are for good.
  trouble.passes = status < 400 || status >= 500 || [408, 423, 429].includes(status) || trouble.type === "answer-arriving";
  return trouble;
}

async function challenged() {
  const without = [...document.querySelectorAll("input[name=need]:checked")].map((box) => box.value);
  let answer;
  try {
    answer = await fetch(`${here}/challenges`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ without }),
    });
  } catch { throw problem(0, ""); }
  if (!answer.ok) throw problem(answer.status, await answer.text());
  return answer.json();
}

function send({ id, recorded }) {
  const form = new FormData();
  form.append("answer", JSON.stringify(recorded.answer));
  form.append("times", JSON.stringify(recorded.times));
  recorded.frames.forEach((frame, n) => form.append("frames", frame, `${n + 1}.jpg`));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // `fetch` tells nothing of how far it is.
    request.open("POST", `${here}/challenges/${id}/answer`);
    request.upload.addEventListener("progress", (event) => {
      const share = Math.floor((100 * event.loaded) / event.total);
      find("sent").value = share;
      const told = share < 100 ? `${25 * Math.floor(share / 25)} % sent` : "Sent; looking at it";
      if (find("told").textContent !== told) find("told").textContent = told;
    });
    request.addEventListener("load", () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText));
      else reject(problem(request.status, request.responseText));
    });
    request.addEventListener("error", () => reject(problem(0, "")));
    request.send(form);
  });
}

// Showing what to do, and recording what is done.

function voice(words) {
  if (!window.speechSynthesis || !(find("speak").checked || find("need-sight").checked)) return;
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(words);
  said.lang = "en";
  said.rate = 1.15;
  speechSynthesis.speak(said);
}

function show(step) {
  const [words, sign] = ACTS[step.act];
  find("say").textContent = words;
  find("sign").textContent = sign;
  find("sign").classList.toggle("nudge", step.act !== "look");
  find("digits").textContent = step.digits ?? "";
  voice(step.digits ? `${words}: ${[...step.digits].join(", ")}` : words);
}

// `seconds` after the step was shown. Late is better than too soon after the last change.
function shine(step, seconds) {
  const light = find("light");
  const colours = step.colours ?? [];
  const place = Math.floor((seconds / step.seconds) * colours.length);
  const colour = colours[Math.min(place, colours.length - 1)] ?? "";
  const now = performance.now() / 1000; // A busy machine may be long past the frame's time.
  if (colour === light.className || now - changed < SHORTEST_COLOUR) return;
  changed = now;
  light.className = colour;
  light.hidden = !colour;
}

function camera() {
  const track = stream.getVideoTracks()[0];
  const { width, height, frameRate, facingMode } = track.getSettings();
  return {
    label: track.label.slice(0, 200) || undefined, // What is not known is not sent.
    width: width || undefined,
    height: height || undefined,
    frame_rate: frameRate || undefined,
    facing: facingMode?.slice(0, 40),
  };
}

function picture(video, canvas) {
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((then) => canvas.toBlob(then, "image/jpeg", QUALITY));
}

// t = 0 is the first frame; the steps are shown by the same clock as frames are timed.
async function record({ nonce, steps }) {
  const video = find("live");
  const canvas = document.createElement("canvas");
  await play(video);
  canvas.width = Math.min(640, video.videoWidth);
  canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
  const last = steps[steps.length - 1];
  const [times, frames, shown] = [[], [], []];
  const broken = new Trouble("The recording broke off", "The page has to stay in view, and the camera on, until the end.");
  const over = new AbortController();
  const began = performance.now();
  let [next, due] = [0, 0]; // When the next frame is taken, and the next step shown.
  await new Promise((resolve, reject) => {
    const broke = () => reject(broken);
    stream.getVideoTracks()[0].addEventListener("ended", broke, { signal: over.signal });
    document.addEventListener("visibilitychange", broke, { signal: over.signal });
    const tick = () => {
      const seconds = times.length ? (performance.now() - began) / 1000 : 0;
      if (over.signal.aborted) return;
      while (shown.length < steps.length && seconds >= due) {
        const step = steps[shown.length];
        show(step);
        shown.push(Number(seconds.toFixed(3)));
        // Colours that came late are shown to their end: they count from when they were shown.
        due = Math.max(steps[shown.length]?.begins ?? 0, step.colours?.length ? seconds + step.seconds : 0);
      }
      const since = seconds - shown[shown.length - 1];
      shine(steps[shown.length - 1], since);
      if (seconds >= next) {
        times.push(Number(seconds.toFixed(3)));
        frames.push(picture(video, canvas));
        next = Math.max(next + 1 / FRAMES_A_SECOND, seconds + 0.5 / FRAMES_A_SECOND);
      }
      find("far").value = (100 * seconds) / (last.begins + last.seconds);
      if (shown.length === steps.length && since >= last.seconds + SECONDS_AFTER) resolve();
      else requestAnimationFrame(tick);
    };
    tick();
  }).finally(() => { over.abort(); find("light").hidden = true; find("light").className = ""; });
  return { answer: { nonce, shown, camera: camera() }, times, frames: await Promise.all(frames) };
}

async function check() {
  close();
  unsent = null;
  // More of the screen is more light; where a browser does not allow it, its window does.
  document.documentElement.requestFullscreen?.().catch(() => {});
  const given = await challenged();
  await open(); // Again: what is recorded began after the challenge was known.
  enter("doing");
  let recorded;
  try {
    recorded = await record(given.challenge);
  } finally {
    close();
    if (document.fullscreenElement) document.exitFullscreen();
  }
  unsent = { id: given.id, recorded };
  await deliver();
}

async function deliver() {
  enter("sending");
  let told;
  try {
    told = await send(unsent);
  } catch (error) {
    if (error.type === "challenge-used") told = { outcome: "not_looked_at", missed: [] }; // Only its reply was lost.
    else if (error.passes) throw new Trouble(error.message, `${error.why} Your recording is kept: it only has to be sent again.`);
    else { unsent = null; throw error; }
  }
  unsent = null;
  find("named").hidden = !told.missed.length;
  find("missed").replaceChildren(...told.missed.map((step) => {
    const item = document.createElement("li");
    item.textContent = ACTS[step.act][0];
    return item;
  }));
  find("looked").textContent = told.outcome === "answered" ? "All of it was seen." : "We will look at it.";
  enter(told.outcome === "again" ? "again" : "done");
}

// A button does one thing at a time, and says what went wrong.
function on(id, does, event = "click") {
  find(id).addEventListener(event, async () => {
    find(id).disabled = true;
    try {
      await does();
    } catch (error) {
      close();
      find("what").textContent = error instanceof Trouble ? error.message : "Something went wrong";
      find("why").textContent = error.why ?? "Load the page again and retry.";
      enter("trouble");
    } finally {
      find(id).disabled = false;
    }
  });
}

on("open", preview);
on("start", check);
on("repeat", preview);
on("retry", () => (unsent ? deliver() : preview()));
on("camera", async () => { chosen = find("camera").value; await preview(); }, "change");
find("need-light").checked = matchMedia("(prefers-reduced-motion: reduce)").matches;
enter("about");
