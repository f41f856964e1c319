// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/leverage_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

std::string name_of(LeverageStudyAnswer const& answer, std::string const& label) {
  auto const found = std::find(answer.regions.begin(), answer.regions.end(), label);
  if (found == answer.regions.end()) return label;
  return answer.region_words[static_cast<std::size_t>(found - answer.regions.begin())];
}

std::string capital(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  }
  return words;
}

double dearer(PowerPair const& pair) { return 100 * std::expm1(pair.cost_index); }

std::string senders_of(LeverageStudyAnswer const& answer, PowerPair const& pair) {
  std::vector<std::string> names;
  for (auto const& sender : pair.senders) names.push_back(name_of(answer, sender));
  return list_words(names);
}

PowerPair const* find_pair(PowerAnswer const& power, PowerPair const& like) {
  for (auto const& pair : power.pairs) {
    if (pair.senders == like.senders && pair.target == like.target) return &pair;
  }
  return nullptr;
}

PowerPair const* strongest(PowerAnswer const& power) {
  PowerPair const* most = nullptr;
  for (auto const& pair : power.pairs) {
    if (most == nullptr || pair.cost_index > most->cost_index) most = &pair;
  }
  return most;
}

/// The pair whose power rose, or fell, most between the first and the last world.
std::string change_sentence(LeverageStudyAnswer const& answer) {
  if (answer.power.size() < 2) return {};
  auto const& first = answer.power.front();
  // Other sectors, other elasticities: only years with the sectors of the first compare with it.
  auto const same = std::find_if(answer.power.rbegin(), answer.power.rend(), [&](auto const& year) {
    return year.answer.sectors == first.answer.sectors;
  });
  auto const& last = *same;
  if (&last == &first) return {};
  PowerPair const* risen = nullptr;
  double most = 0, from = 0;
  for (auto const& pair : last.answer.pairs) {
    auto const* before = find_pair(first.answer, pair);
    if (before == nullptr) continue;
    double const rise = dearer(pair) - dearer(*before);
    if (rise <= most) continue;
    most = rise;
    risen = &pair;
    from = dearer(*before);
  }
  if (risen == nullptr) return {};
  return fmt::format(
      "Between {} and {} no power grew more than that of {} over {}: a denial of all it sells "
      "would have made living there {} dearer in the first year, and {} in the last.",
      first.year, last.year, senders_of(answer, *risen), name_of(answer, risen->target),
      percent_words(from), percent_words(dearer(*risen)));
}

/// The strongest of all and its opposite.
std::string both_ways_sentence(LeverageStudyAnswer const& answer, PowerYear const& year,
                               std::string const& a, std::string const& b) {
  PowerPair like_ab, like_ba;
  like_ab.senders = {a};
  like_ab.target = b;
  like_ba.senders = {b};
  like_ba.target = a;
  auto const* ab = find_pair(year.answer, like_ab);
  auto const* ba = find_pair(year.answer, like_ba);
  if (ab == nullptr || ba == nullptr || !ab->target_loss_pct || !ba->target_loss_pct) return {};
  bool const first = *ab->target_loss_pct >= *ba->target_loss_pct;
  auto const* more = first ? ab : ba;
  auto const* less = first ? ba : ab;
  return fmt::format(
      "In {}, {} could cost {} {} of its real final spending once trade has settled by a denial of "
      "all it sells, {} could cost {} {}.",
      year.year, senders_of(answer, *more), name_of(answer, more->target),
      percent_words(*more->target_loss_pct), senders_of(answer, *less),
      name_of(answer, less->target), percent_words(*less->target_loss_pct));
}

void add_power(LeverageStudyAnswer const& answer, std::vector<std::string>& sentences) {
  if (answer.power.empty()) return;
  auto const& last = answer.power.back();
  auto const* most = strongest(last.answer);
  if (most == nullptr) return;
  auto text = fmt::format(
      "{}, nobody holds anybody as firmly as {} holds {}: without what it sells, living there "
      "would "
      "be {} dearer at unchanged wages",
      last.year > 0 ? fmt::format("In {}", last.year) : "Today", senders_of(answer, *most),
      name_of(answer, most->target), percent_words(dearer(*most)));
  if (most->target_loss_pct) {
    text += fmt::format(", and it would lose {} of its real final spending once trade has settled",
                        percent_words(*most->target_loss_pct));
  }
  if (most->short_run_pct) {
    text += fmt::format(", {} of its final use over the first {} days",
                        percent_words(*most->short_run_pct), last.answer.days);
  }
  sentences.push_back(text + ".");
  if (auto words = both_ways_sentence(answer, last, most->senders.front(), most->target);
      !words.empty()) {
    sentences.push_back(std::move(words));
  }
  if (auto words = change_sentence(answer); !words.empty()) sentences.push_back(std::move(words));
  if (!last.answer.agreement) return;
  // How far from each other the sets are decides this: the sentence names them.
  double least = 1;
  for (auto const& row : last.answer.agreement->equilibrium) {
    for (double const tau : row) least = std::min(least, tau);
  }
  sentences.push_back(fmt::format(
      "The order of pairs by settled loss under other trade elasticities ({}): Kendall's tau is at "
      "least {:.2f} (1 is the same order, 0 none). Other published estimates are not among them.",
      fmt::join(last.answer.agreement->sets, ", "), least));
}

void add_chokepoints(LeverageStudyAnswer const& answer, std::vector<std::string>& sentences) {
  for (auto const& each : answer.chokepoints) {
    if (each.settled.sets.empty()) continue;
    auto const& worst = each.settled.sets.front();
    auto text = fmt::format(
        "{} can be hurt most with {} link{} through {}: it loses {} of its real final spending",
        capital(name_of(answer, each.target)), each.k, each.k == 1 ? "" : "s",
        list_words(worst.links), percent_words(worst.loss_pct));
    if (worst.band_pct.size() == 3) {
      text += fmt::format(" ({} to {} in nine draws of ten)", percent_words(worst.band_pct[0]),
                          percent_words(worst.band_pct[2]));
    }
    std::vector<std::string> costs;
    for (auto const& [region, loss] : worst.sender_loss_pct) {
      costs.push_back(fmt::format("{} {}", name_of(answer, region), percent_words(loss)));
    }
    if (!costs.empty()) text += fmt::format("; those who must agree lose: {}", list_words(costs));
    sentences.push_back(text + ".");
  }
}

/// "61 % of draws", or "0 to 84 % of draws" where ties leave it open.
std::string times_in(double certain, double possible) {
  auto const low = fmt::format("{:.0f}", 100 * certain);
  auto const high = fmt::format("{:.0f}", 100 * possible);
  return low == high ? low + " % of draws" : fmt::format("{} to {} % of draws", low, high);
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

std::string loss_list(StandoffAnswer const& standoff, std::vector<Band> const& losses) {
  std::vector<std::string> words;
  for (std::size_t p = 0; p < losses.size(); ++p) {
    words.push_back(fmt::format("{} {}", standoff.player_words[p], band_words(losses[p])));
  }
  return list_words(words);
}

/// What each action costs both, carried out alone.
std::string cost_sentence(StandoffAnswer const& standoff) {
  std::vector<std::string> parts;
  for (auto const& profile : standoff.profiles) {
    auto const active = std::find_if(profile.actions.begin(), profile.actions.end(),
                                     [](auto const& each) { return each != "nothing"; });
    auto const idle = std::count(profile.actions.begin(), profile.actions.end(), "nothing");
    if (idle + 1 != static_cast<std::ptrdiff_t>(profile.actions.size())) continue;
    parts.push_back(fmt::format("\"{}\" costs {}", *active, loss_list(standoff, profile.loss)));
  }
  return fmt::format("Of real final spending, carried out alone: {}.", fmt::join(parts, "; "));
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
    end = move.leads_to == "nothing in force"
              ? std::string{"Nothing is in force at the end"}
              : fmt::format("In force at the end: {}, which costs {} of real final spending",
                            move.leads_to, loss_list(standoff, move.loss));
  }
  return fmt::format("Best play at central numbers: {}. {}.", fmt::join(steps, "; then "), end);
}

/// The threats of a ladder that are carried out least and most often.
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
  return fmt::format("Credible, because the player would do it if play came there: {}.{}",
                     list_words(parts),
                     open ? " The larger share counts draws in which another move is worth exactly "
                            "as much to it, so that nothing decides."
                          : "");
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
  return fmt::format(
      "Sellers who are taken to go along lose up to: {}. Nothing here asks whether they would.",
      list_words(words));
}

/// What the losses of carved lines leave out, so that nobody reads the sentence above it alone.
std::string carved_sentence(LeverageStudyAnswer const& answer) {
  std::vector<std::string> words;
  for (auto const& [line, host] : answer.carved) {
    words.push_back(fmt::format("{} by every user of {}", line, host));
  }
  if (words.empty()) return {};
  return fmt::format(
      "These losses take it that product lines are bought in proportion ({}): what few industries "
      "cannot do without looks cheaper to lose than it is.",
      list_words(words));
}

void add_standoffs(LeverageStudyAnswer const& answer, std::vector<std::string>& sentences) {
  for (auto const& standoff : answer.standoffs) {
    auto const lead = (standoff.title.empty() ? standoff.name : standoff.title) + ": ";
    if (standoff.moves.empty()) {
      for (auto const& found : standoff.equilibria) {
        std::vector<std::string> plays;
        for (std::size_t p = 0; p < standoff.players.size(); ++p) {
          plays.push_back(fmt::format("{}: {}", standoff.player_words[p], found.strategies[p]));
        }
        sentences.push_back(
            fmt::format("{}nobody gains by changing alone with {}.", lead, fmt::join(plays, "; ")));
      }
      continue;
    }
    sentences.push_back(lead + path_sentence(standoff));
    sentences.push_back(yields_sentence(standoff));
    sentences.push_back(cost_sentence(standoff));
    if (auto words = carved_sentence(answer); !words.empty()) sentences.push_back(std::move(words));
    if (auto words = others_sentence(standoff); !words.empty()) {
      sentences.push_back(std::move(words));
    }
    if (auto words = break_even_sentence(standoff); !words.empty()) {
      sentences.push_back(std::move(words));
    }
    if (auto words = threat_sentence(standoff); !words.empty()) {
      sentences.push_back(std::move(words));
    }
  }
}

/// Power over the first and the last year of each path.
void add_after(LeverageStudyAnswer const& answer, std::vector<std::string>& sentences) {
  for (std::size_t k = 0; k < answer.after.size(); ++k) {
    auto const& first = answer.after[k];
    while (k + 1 < answer.after.size() && answer.after[k + 1].line == first.line) ++k;
    auto const& last = answer.after[k];
    auto const& before = first.power.target_loss_pct;
    auto const& later = last.power.target_loss_pct;
    if (&first == &last || !before || !later) continue;
    sentences.push_back(fmt::format(
        "If all others denied it {}, {} would lose {} of its real final spending with {:.0f} % "
        "made "
        "at home ({}), and {} with {:.0f} % ({}).",
        first.line, name_of(answer, first.region), percent_words(*before), 100 * first.home_share,
        first.year, percent_words(*later), 100 * last.home_share, last.year));
  }
}

}  // namespace

std::vector<std::string> leverage_headlines(LeverageStudyAnswer const& answer) {
  std::vector<std::string> sentences;
  add_standoffs(answer, sentences);
  add_power(answer, sentences);
  add_chokepoints(answer, sentences);
  add_after(answer, sentences);
  return sentences;
}

std::vector<std::string> leverage_warnings(LeverageStudyAnswer const& answer) {
  auto warnings = answer.warnings;
  // What is said of every world is said once, the rest with the worlds it is said of.
  std::vector<std::pair<std::string, std::vector<std::string>>> of_worlds;
  for (auto const& year : answer.power) {
    for (auto const& text : year.answer.warnings) {
      auto const found = std::find_if(of_worlds.begin(), of_worlds.end(),
                                      [&](auto const& each) { return each.first == text; });
      if (found == of_worlds.end()) {
        of_worlds.emplace_back(text, std::vector{year.world});
      } else if (found->second.back() != year.world) {
        found->second.push_back(year.world);
      }
    }
  }
  for (auto& [text, worlds] : of_worlds) {
    if (worlds.size() == answer.power.size()) {
      warnings.push_back(std::move(text));
    } else {
      warnings.push_back(fmt::format("{}: {}", list_words(worlds), text));
    }
  }
  for (auto const& year : answer.power) {
    auto const& first = answer.power.front();
    if (year.answer.sectors == first.answer.sectors) continue;
    warnings.push_back(fmt::format(
        "{} has other sectors ({}) than {} ({}): its powers do not compare with theirs, for sums "
        "over sectors and elasticities differ. The sentence on what grew leaves it out.",
        year.world, year.answer.sectors.size(), first.world, first.answer.sectors.size()));
  }
  for (auto const& each : answer.chokepoints) {
    warnings.insert(warnings.end(), each.warnings.begin(), each.warnings.end());
  }
  for (auto const& each : answer.standoffs) {
    if (each.failed == 0) continue;
    warnings.push_back(
        fmt::format("Stand-off '{}': {} of {} draws have no answer and are left out "
                    "({}).",
                    each.name, each.failed, each.failed + each.draws, each.first_failure));
  }
  std::vector<std::string> once;
  for (auto& each : warnings) {
    if (std::find(once.begin(), once.end(), each) == once.end()) once.push_back(std::move(each));
  }
  return once;
}

std::vector<ResultNote> leverage_notes(LeverageStudyAnswer const& answer,
                                       LeverageSpec const& spec) {
  std::vector<ResultNote> notes;
  notes.push_back(
      {NoteKind::method, "Leverage",
       "Power measures what a denial would cost at the shares of one year: a threat, not "
       "what happened. Losses once trade has settled are exact, of both sides. Games say "
       "what is consistent with the payoffs, not what will happen."});
  notes.push_back({NoteKind::assumption, "Setting of leverage",
                   fmt::format("{}; trade elasticities: {}, {}; deficits: {}; base: {}.",
                               answer.setting.closure, answer.setting.theta, answer.setting.horizon,
                               answer.setting.deficits, answer.setting.vintage)});
  for (auto const& year : answer.power) {
    if (year.answer.short_run_model.empty()) continue;
    notes.push_back({NoteKind::assumption, "Power in the first months",
                     capital(year.answer.short_run_model) + "."});
    break;
  }
  for (auto const& standoff : answer.standoffs) {
    if (standoff.assumptions.empty()) continue;
    notes.push_back({NoteKind::assumption, "Worths and stakes of " + standoff.name,
                     fmt::format("{}.", fmt::join(standoff.assumptions, "; "))});
  }
  for (auto const& line : spec.carve) {
    notes.push_back(
        {NoteKind::assumption, line.line.value + " as a sector of its own",
         fmt::format("Share of {} in purchases {:g} [{:g}, {:g}] ({}); made at home {:g} [{:g}, "
                     "{:g}] ({}){}. Other regions buy in proportion to {}; it is made as {} is.",
                     line.home.value, line.home_buys.value, line.home_buys.low, line.home_buys.high,
                     line.home_buys.note, line.home_share.value, line.home_share.low,
                     line.home_share.high, line.home_share.note,
                     line.theta ? fmt::format("; trade elasticity {:g} [{:g}, {:g}] ({})",
                                              line.theta->value, line.theta->low, line.theta->high,
                                              line.theta->note)
                                : std::string{},
                     line.host.value, line.host.value)});
  }
  return notes;
}

}  // namespace linchpin::study
