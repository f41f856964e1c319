// SPDX-License-Identifier: Apache-2.0
// A game to start from where the server ships none; its payoffs are made up, and it says so.
export const SAMPLE_GAME = `title = "Chips against minerals (made-up payoffs, to be replaced)"

[[player]]
name = "USA"
actions = ["nothing", "chip ban"]

[[player]]
name = "CHN"
actions = ["nothing", "mineral ban"]

[[outcome]]
play = {USA = "nothing", CHN = "nothing"}
payoffs = {USA = 0, CHN = 0}

[[outcome]]
play = {USA = "chip ban", CHN = "nothing"}
payoffs = {USA = 0.2, CHN = [-3, -1]}

[[outcome]]
play = {USA = "nothing", CHN = "mineral ban"}
payoffs = {USA = -1.5, CHN = 0.1}

[[outcome]]
play = {USA = "chip ban", CHN = "mineral ban"}
payoffs = {USA = [-2, -1], CHN = -2.5}

[ensemble]
draws = 1000
seed = 1

[[rung]]
name = "opening"
player = "USA"
[[rung.move]]
name = "wait"
payoffs = {USA = 0, CHN = 0}
[[rung.move]]
name = "ban chips"
next = "answer"

[[rung]]
name = "answer"
player = "CHN"
[[rung.move]]
name = "yield"
payoffs = {USA = 2, CHN = -1}
[[rung.move]]
name = "ban minerals"
payoffs = {USA = -3, CHN = -4}
`;
