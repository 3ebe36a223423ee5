// In which order an officer's list shows incidents: the same as fellwatch/rules/turns.py.
const turn = ({ mine, place, danger, kilometres }) => [mine ? 0 : 1, place ?? Infinity, -(danger ?? 0), kilometres ?? Infinity]

const compared = (one, other) => {
  const at = one.findIndex((value, place) => value !== other[place])
  return at === -1 ? 0 : one[at] < other[at] ? -1 : 1
}

// Sort by what `about` says of each; those of whom it says the same stay as they were.
export const ordered = (all, about) =>
  all.map((one) => [turn(about(one)), one]).sort(([one], [other]) => compared(one, other)).map(([, one]) => one)
