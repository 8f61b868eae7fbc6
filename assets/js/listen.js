// Read aloud. Sounds that are there play as soon as they are opened, one after the other. Where there is none, the
// device's own voice is offered, if it has one for the page's language that needs no server: nothing is sent anywhere.

const speech = window.speechSynthesis;
const SLOW = 0.85;

const players = [...document.querySelectorAll("details[data-listen]")];
const offers = [...document.querySelectorAll("[data-listen][data-words]")];
const buttons = offers.map((offer) => {
  const word = offer.querySelector(".listen__word");
  return { offer, button: offer.querySelector("button"), word, listen: word.textContent };
});

function silence(but) {
  for (const player of players) if (player !== but) player.open = false;
  if (!speech || !offers.length) return;
  speech.cancel();
  for (const { word, listen } of buttons) word.textContent = listen;
}

function play(sound) {
  sound?.play().catch(() => {}); // the controls are there to press
}

for (const player of players) {
  const sounds = [...player.querySelectorAll("audio")];
  player.addEventListener("toggle", () => {
    if (player.open) return play(sounds[0]);
    for (const sound of sounds) {
      sound.pause();
      sound.currentTime = 0;
    }
  });
  sounds.forEach((sound, place) => {
    sound.addEventListener("play", () => {
      silence(player);
      for (const other of sounds) if (other !== sound) other.pause();
    });
    sound.addEventListener("ended", () => play(sounds[place + 1]));
  });
}

function languageOf(element) {
  return element.closest("[lang]").lang.toLowerCase().split("-")[0];
}

function voiceFor(language) {
  const able = speech
    .getVoices()
    .filter((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === language);
  return able.find((voice) => /[-_]gb/i.test(voice.lang)) ?? able[0];
}

function showOffers() {
  for (const offer of offers) offer.hidden = !voiceFor(languageOf(offer));
}

function say(offer, whenDone) {
  const voice = voiceFor(languageOf(offer));
  const parts = offer.dataset.words.split("\n").map((part) => new SpeechSynthesisUtterance(part));
  for (const part of parts) {
    part.voice = voice;
    part.lang = voice.lang;
    part.rate = document.querySelector(".easy-read") ? SLOW : 1;
  }
  parts.at(-1).addEventListener("end", whenDone);
  parts.forEach((part) => speech.speak(part));
}

for (const { offer, button, word, listen } of buttons) {
  button.addEventListener("click", () => {
    const isSpeaking = word.textContent !== listen;
    silence();
    if (isSpeaking) return;
    word.textContent = button.dataset.stop;
    say(offer, () => (word.textContent = listen));
  });
}

if (speech && offers.length) {
  showOffers();
  speech.addEventListener?.("voiceschanged", showOffers);
  window.addEventListener("pagehide", () => speech.cancel());
}
