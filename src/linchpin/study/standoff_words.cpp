// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

/// "61 % of draws", or "[0 %, 84 %] of draws" where ties leave it open: for certain, and possibly.
std::string times_in(double certain, double possible) {
  auto const low = fmt::format("{:.0f}", 100 * certain);
  auto const high = fmt::format("{:.0f}", 100 * possible);
  return low == high ? low + " % of draws" : fmt::format("[{} %, {} %] of draws", low, high);
}

std::string yields_sentence(StandoffAnswer const& standoff) {
  bool const drawn = standoff.draws > 0;
  std::vector<std::string> parts;
  for (std::size_t p = 0; p < standoff.players.size(); ++p) {
    if (drawn) {
      parts.push_back(fmt::format("{} in {}", standoff.player_words[p],
                                  times_in(standoff.gives_way[p], standoff.may_give_way[p])));
    } else if (standoff.gives_way[p] > 0) {
      return fmt::format("{} gives way.", capital(standoff.player_words[p]));
    } else if (standoff.may_give_way[p] > 0) {
      return fmt::format("{} may give way: other play is worth as much.",
                         capital(standoff.player_words[p]));
    }
  }
  if (!drawn) return "Nobody gives way.";
  return fmt::format("Who gives way: {}; nobody in {}.", list_words(parts),
                     times_in(standoff.nobody_gives_way, standoff.nobody_may_give_way));
}

std::string band_words(Band const& band) {
  auto words = percent_words(band.central);
  if (band.p05 && !band.p95) {
    words += fmt::format(" [{}, without bound]", percent_words(*band.p05));
  } else if (band.p05) {
    words += fmt::format(" [{}, {}]", percent_words(*band.p05), percent_words(*band.p95));
  }
  return words;
}

constexpr double rounding_pct = 1e-8;  // of the solver: nothing

/// "a gain of 0.012 %", "a loss of 0.30 %", "nothing".
std::string signed_words(double loss) {
  if (std::abs(loss) < rounding_pct) return "nothing";
  return fmt::format("a {} of {}", loss < 0 ? "gain" : "loss", percent_words(std::abs(loss)));
}

/// A loss above 0: as a number where all of the band is one, else with what the ends are.
std::string loss_words(Band const& band) {
  if (std::abs(band.central) < rounding_pct) return "nothing";
  bool const mixed = band.p05 && *band.p05 < -rounding_pct;
  if (!mixed) return band_words(band);
  return fmt::format("{} [{} to {}]", percent_words(band.central), signed_words(*band.p05),
                     band.p95 ? signed_words(*band.p95) : std::string{"no bound"});
}

/// A gain, whose loss is below 0, likewise.
std::string gain_words(Band const& band) {
  auto words = percent_words(-band.central);
  if (!band.p05 || !band.p95) return words;
  return words +
         (*band.p95 < 0
              ? fmt::format(" [{}, {}]", percent_words(-*band.p95), percent_words(-*band.p05))
              : fmt::format(" [{} to {}]", signed_words(*band.p05), signed_words(*band.p95)));
}

/// What follows "costs": "China 0.30 % (the United States gains 0.0050 %)".
std::string loss_list(StandoffAnswer const& standoff, std::vector<Band> const& losses) {
  std::vector<std::string> words, gains;
  for (std::size_t p = 0; p < losses.size(); ++p) {
    auto const& who = standoff.player_words[p];
    if (losses[p].central < -rounding_pct) {
      gains.push_back(fmt::format("{} gains {}", who, gain_words(losses[p])));
    } else {
      words.push_back(fmt::format("{} {}", who, loss_words(losses[p])));
    }
  }
  auto text = words.empty() ? std::string{"nobody anything"} : list_words(words);
  return gains.empty() ? text : fmt::format("{} ({})", text, list_words(gains));
}

/// What each action costs everybody who plays, carried out alone.
std::string cost_sentence(StandoffAnswer const& standoff) {
  std::vector<std::string> parts;
  for (auto const& profile : standoff.profiles) {
    auto const active = std::find_if(profile.actions.begin(), profile.actions.end(),
                                     [](auto const& each) { return each != "nothing"; });
    auto const idle = std::count(profile.actions.begin(), profile.actions.end(), "nothing");
    if (idle + 1 != static_cast<std::ptrdiff_t>(profile.actions.size())) continue;
    parts.push_back(fmt::format("\"{}\" costs {}", *active, loss_list(standoff, profile.loss)));
  }
  return fmt::format("Of {}, carried out alone: {}.{}", standoff.measure, fmt::join(parts, "; "),
                     standoff.daily ? " By the daily model: neither prices nor wages adjust." : "");
}

/// From which worth of the dispute on a player holds out.
std::string break_even_sentence(StandoffAnswer const& standoff) {
  std::vector<std::string> parts;
  for (auto const& move : standoff.moves) {
    if (!move.break_even && !move.always) continue;
    auto const p = static_cast<std::size_t>(
        std::find(standoff.players.begin(), standoff.players.end(), move.player) -
        standoff.players.begin());
    if (move.always) {
      parts.push_back(
          fmt::format("{} at \"{}\" at no worth of it", standoff.player_words[p], move.rung));
    } else if (move.break_even->central <= 0) {
      parts.push_back(fmt::format("{} at \"{}\" in any case at central numbers",
                                  standoff.player_words[p], move.rung));
    } else {
      parts.push_back(fmt::format("{} at \"{}\" once the dispute is worth more than {} to it",
                                  standoff.player_words[p], move.rung,
                                  band_words(*move.break_even)));
    }
  }
  if (parts.empty()) return {};
  return fmt::format("Who holds out: {}.", list_words(parts));
}

/// Who is taken to go along though the play would cost it more than the study says it bears.
std::string beyond_limit_sentence(StandoffAnswer const& standoff) {
  if (!standoff.member_limit_pct) return {};
  std::vector<std::string> who;
  for (std::size_t o = 0; o < standoff.others.size(); ++o) {
    double least = 1;
    for (auto const& profile : standoff.profiles) least = std::min(least, profile.others_within[o]);
    if (least >= 0.5) continue;
    who.push_back(standoff.draws > 0 ? fmt::format("{} (within it in {:.0f} % of draws)",
                                                   standoff.other_words[o], 100 * least)
                                     : standoff.other_words[o]);
  }
  if (who.empty()) return {};
  return fmt::format(
      " That takes it that all go along: the worst play would cost more than the {} that each is "
      "taken to bear for {}.",
      percent_words(*standoff.member_limit_pct), list_words(who));
}

/// What play does at central numbers, in words.
std::string path_sentence(StandoffAnswer const& standoff) {
  std::vector<std::string> steps;
  std::string end;
  for (auto const& move : standoff.moves) {
    if (!move.on_path) continue;
    auto const who = std::find(standoff.players.begin(), standoff.players.end(), move.player);
    auto const p = static_cast<std::size_t>(who - standoff.players.begin());
    steps.push_back(fmt::format("{}: {}", standoff.player_words[p], move.move));
    if (!move.ends) continue;
    bool const idle = move.leads_to == "nothing in force";
    end = idle ? std::string{"Nothing is in force at the end"}
               : fmt::format("In force at the end: {}", move.leads_to);
    if (!standoff.rungs.empty()) {
      end += fmt::format("; over the whole horizon that way costs {} of {}",
                         loss_list(standoff, move.loss), standoff.measure);
    } else if (!idle) {
      end +=
          fmt::format(", which costs {} of {}", loss_list(standoff, move.loss), standoff.measure);
    }
  }
  return fmt::format("Best play at central numbers: {}. {}.", fmt::join(steps, "; then "), end);
}

constexpr char const* open_words =
    " Of two numbers in brackets the first counts draws in which nothing else is worth as much to "
    "the player, the second also those in which something else is worth exactly as much, so that "
    "nothing decides.";

/// How credible each threat of a ladder is, whether play comes there or not.
std::string threat_sentence(StandoffAnswer const& standoff) {
  std::vector<std::string> parts;
  bool open = false;
  for (auto const& move : standoff.moves) {
    if (!move.credible_share || !move.gives_way.empty() || move.leads_to == "nothing in force") {
      continue;
    }
    parts.push_back(fmt::format("\"{}\" of {} in {}", move.move, move.player,
                                times_in(*move.credible_share, *move.possible_share)));
    open = open || *move.possible_share > *move.credible_share;
  }
  if (parts.empty()) return {};
  return fmt::format("Credible, because the player would do it if play came there: {}.{}{}",
                     list_words(parts), open ? open_words : "", beyond_limit_sentence(standoff));
}

/// The same without a ladder: actions in all equilibria, and in some.
std::string odds_sentence(StandoffAnswer const& standoff) {
  std::vector<std::string> parts;
  bool open = false;
  for (auto const& odds : standoff.odds) {
    if (standoff.draws == 0 || odds.action == "nothing") continue;
    parts.push_back(fmt::format("\"{}\" of {} in {}", odds.action, odds.player,
                                times_in(odds.certain, odds.possible)));
    open = open || odds.possible > odds.certain;
  }
  if (parts.empty()) return {};
  return fmt::format("Credible when all move at once: {}.{}", list_words(parts),
                     open ? " Of two numbers in brackets the first counts draws in which it is "
                            "played in every equilibrium, the second those in which it is in some."
                          : "");
}

/// Moves that are worth the same at central numbers, by rung.
std::string ties_sentence(StandoffAnswer const& standoff) {
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < standoff.moves.size();) {
    auto const& first = standoff.moves[k];
    std::vector<std::string> names;
    for (; k < standoff.moves.size() && standoff.moves[k].rung == first.rung; ++k) {
      if (standoff.moves[k].tied) names.push_back(fmt::format("\"{}\"", standoff.moves[k].move));
    }
    if (names.size() < 2) continue;
    parts.push_back(fmt::format("at \"{}\" {} of {}", first.rung, list_words(names), first.player));
  }
  if (parts.empty()) return {};
  return fmt::format("Worth the same at central numbers: {}; nothing decides between them.",
                     fmt::join(parts, "; "));
}

/// In how many draws each of them stays within the limit of the study, whatever is played.
std::string limit_words(StandoffAnswer const& standoff) {
  if (!standoff.member_limit_pct) return " Nothing here asks whether they would.";
  std::vector<std::string> words;
  for (std::size_t o = 0; o < standoff.others.size(); ++o) {
    double least = 1;
    for (auto const& profile : standoff.profiles) least = std::min(least, profile.others_within[o]);
    words.push_back(fmt::format("{} {:.0f} %", standoff.other_words[o], 100 * least));
  }
  return fmt::format(
      " If each bears {} at most, an assumption, that holds in the worst play in these shares of "
      "draws: {}.",
      percent_words(*standoff.member_limit_pct), list_words(words));
}

/// Most that the sellers who do not play lose in any combination of actions.
std::string others_sentence(StandoffAnswer const& standoff) {
  std::vector<std::string> words;
  for (std::size_t o = 0; o < standoff.others.size(); ++o) {
    Band const* most = nullptr;
    for (auto const& profile : standoff.profiles) {
      auto const& loss = profile.others_loss[o];
      if (most == nullptr || loss.central > most->central) most = &loss;
    }
    if (most != nullptr) {
      words.push_back(fmt::format("{} {}", standoff.other_words[o], band_words(*most)));
    }
  }
  if (words.empty()) return {};
  return fmt::format("Those who are taken to go along without playing lose up to: {}.{}",
                     list_words(words), limit_words(standoff));
}

/// The sentence and what the losses of carved lines leave out, so that nobody reads it alone.
std::string with_caution(std::string sentence, Carved const& carved) {
  std::vector<std::string> words;
  for (auto const& [line, host] : carved) {
    words.push_back(fmt::format("{} by every user of {}", line, host));
  }
  if (words.empty()) return sentence;
  return fmt::format(
      "{} Losses here take it that product lines are bought in proportion ({}): what few "
      "industries "
      "cannot do without looks cheaper to lose than it is.",
      sentence, list_words(words));
}

/// What the daily model says of the first year, beside what payoffs are made of.
std::string first_year_sentence(StandoffAnswer const& standoff, Carved const& carved) {
  if (standoff.daily) return {};  // the losses of all other sentences are these
  std::vector<std::string> parts;
  std::size_t without = 0;
  for (auto const& action : standoff.actions) {
    std::vector<std::string> losses;
    for (std::size_t p = 0; p < standoff.players.size(); ++p) {
      for (auto const& row : standoff.first_year) {
        if (row.in_force != action.action || row.region != standoff.players[p]) continue;
        if (row.daily) {
          losses.push_back(
              fmt::format("{} {}", standoff.player_words[p], percent_words(*row.daily)));
        } else if (p == 0) {
          ++without;
        }
      }
    }
    if (!losses.empty()) {
      parts.push_back(fmt::format("\"{}\" costs {}", action.action, list_words(losses)));
    }
  }
  if (parts.empty()) return {};
  return fmt::format(
      "Of real final use over the first {} days, where neither prices nor wages adjust (the daily "
      "model): {}.{}{}",
      standoff.days, fmt::join(parts, "; "),
      carved.empty() ? "" : " A product line counts as critical as its host there.",
      without > 0 ? " Tariffs and taxes have no answer there: that model has no prices." : "");
}

}  // namespace

std::vector<std::string> standoff_headlines(StandoffAnswer const& standoff, Carved const& carved) {
  std::vector<std::string> sentences;
  auto const add = [&](std::string words) {
    if (!words.empty()) sentences.push_back(std::move(words));
  };
  auto const lead = (standoff.title.empty() ? standoff.name : standoff.title) + ": ";
  if (standoff.moves.empty()) {
    for (auto const& found : standoff.equilibria) {
      std::vector<std::string> plays;
      for (std::size_t p = 0; p < standoff.players.size(); ++p) {
        plays.push_back(fmt::format("{}: {}", standoff.player_words[p], found.strategies[p]));
      }
      add(fmt::format("{}nobody gains by changing alone with {}.", lead, fmt::join(plays, "; ")));
    }
    add(odds_sentence(standoff));
    add(with_caution(cost_sentence(standoff), carved));
    add(first_year_sentence(standoff, carved));
    add(others_sentence(standoff));
    return sentences;
  }
  add(with_caution(lead + path_sentence(standoff) + beyond_limit_sentence(standoff), carved));
  add(yields_sentence(standoff));
  add(ties_sentence(standoff));
  add(threat_sentence(standoff));
  add(cost_sentence(standoff));
  add(first_year_sentence(standoff, carved));
  add(others_sentence(standoff));
  add(break_even_sentence(standoff));
  return sentences;
}

std::vector<std::string> standoff_after_headlines(std::vector<StandoffAfter> const& years) {
  std::vector<std::string> sentences;
  std::vector<std::string> done;
  for (auto const& first : years) {
    auto const key = first.line + "\n" + first.answer.name;
    if (std::find(done.begin(), done.end(), key) != done.end()) continue;
    done.push_back(key);
    auto const last = std::find_if(years.rbegin(), years.rend(), [&](auto const& each) {
      return each.line == first.line && each.answer.name == first.answer.name;
    });
    if (&*last == &first || first.answer.moves.empty()) continue;
    auto const yields = [](StandoffAfter const& each) {
      std::vector<std::string> parts;
      for (std::size_t p = 0; p < each.answer.players.size(); ++p) {
        if (each.answer.draws == 0) {
          if (each.answer.gives_way[p] > 0) parts.push_back(each.answer.player_words[p]);
          continue;
        }
        parts.push_back(
            fmt::format("{} in {}", each.answer.player_words[p],
                        times_in(each.answer.gives_way[p], each.answer.may_give_way[p])));
      }
      return fmt::format("with {:.0f} % of {} made at home ({}) {}", 100 * each.home_share,
                         each.line, each.year, parts.empty() ? "nobody" : list_words(parts));
    };
    sentences.push_back(
        fmt::format("{}: who gives way along the path: {}; {}.",
                    first.answer.title.empty() ? first.answer.name : first.answer.title,
                    yields(first), yields(*last)));
  }
  return sentences;
}

}  // namespace linchpin::study
