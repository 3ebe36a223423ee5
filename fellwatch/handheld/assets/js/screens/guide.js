// What to do at a domestic, in our own words after the College of Policing's practice on the first response.
import { h } from "./elements.js"
import { screen } from "./frame.js"

const GUIDE = [
  ["Before you knock", ["Read the warnings and the earlier incidents.", "Body-worn video on from arrival. If it cannot run, say why on the form.", "Look for who may have left: ask the control room to circulate."]],
  ["The first minutes", ["Everybody safe, then apart and out of earshot.", "Ask how people know each other before anything else.", "See every child, awake or not. See every room.", "Injuries, damage, tone: note them as they are now."]],
  ["Her words", ["Ask alone. Use an interpreter, never a relative or a child.", "Fear counts as evidence: ask what she thinks will happen.", "Being choked or held by the neck, once ever, is a sign of killing to come. It leaves little to see. Ask, and call medical help.", "Not wanting to answer is not a no. Finish the form from what you see and what is known."]],
  ["Who is the abuser", ["Two stories: look for who is afraid of whom, and who has defended themselves.", "One form for each possible victim. Two forms never cancel out."]],
  ["Children", ["Each child by name, seen or not seen. Speak with each where it is safe, alone if possible.", "Write behaviour and demeanour, not only words.", "A child who lives with it is a victim too, even if asleep or away."]],
  ["Positive action", ["Arrest where there are grounds and it is necessary. If not, be ready to say why.", "An interview by appointment carries no bail conditions: a supervisor must agree, and something else must keep her safe.", "Doing nothing is never right where there is risk."]],
  ["Before you leave", ["What keeps her safe tonight: remove, avoid, reduce, accept.", "Safe number, safe time to ring.", "What may be shared and with whom: her consent, or the lawful basis without it.", "Your own judgement of the risk first, then the score."]],
]

export const guideScreen = () =>
  screen({
    title: "What to do at a domestic",
    back: "#",
    main: [
      h("h1", { tabindex: -1 }, "What to do at a domestic"),
      GUIDE.map(([title, lines]) => h("section", { class: "hh-section" }, h("h2", {}, title), h("ul", { class: "hh-lines" }, lines.map((line) => h("li", {}, line))))),
      h("p", { class: "hh-quiet" }, "After College of Policing, Authorised Professional Practice on domestic abuse: first response. Our own words."),
    ],
  })
