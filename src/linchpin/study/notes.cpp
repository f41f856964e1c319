// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/notes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <map>
#include <utility>

#include "linchpin/results/number_text.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

std::string days_words(double days) {
  if (!std::isfinite(days)) return "without limit";
  return fmt::format("{} {}", days, days == 1 ? "day" : "days");
}

std::string in_unit(double amount, MonetaryUnit const& unit) {
  return money_words(amount, unit) + " a year";
}

ResultNote depend_method() {
  return {NoteKind::method, "Dependence",
          "Multi-regional input-output accounting. Face value is what a buyer purchases directly "
          "per unit of its output (A); look-through adds what its suppliers and their suppliers "
          "purchase (L - I, L = (I - A)^-1), a gross measure that counts a good at every stage it "
          "passes; hidden exposure is the difference. The origin of value added says where the "
          "value of the output was created and sums to one. For a region, industries are weighted "
          "by output. Source: Baldwin, Freeman and Theodorakopoulos (2022), NBER 30525; Miller and "
          "Blair (2009)."};
}

ResultNote measure_method(Measure const& measure) {
  return {NoteKind::method, "Measure " + std::string(measure.name),
          fmt::format("{} Not for: {}", measure.meaning, measure.not_for)};
}

/// What limits production, in words.
std::string production_words(disrupt::Production production) {
  using disrupt::Production;
  switch (production) {
    case Production::ario: return "production limited by the stocks of inputs";
    case Production::leontief: return "production limited by whatever input runs out first";
    case Production::strongly_critical:
      return "production limited by critical and important inputs that run out";
    case Production::half_critical:
      return "production limited by critical inputs that run out, and by half where important ones "
             "do";
    case Production::weakly_critical: return "production limited by critical inputs that run out";
    case Production::linear: return "production limited by the total of all stocks of inputs";
  }
  return "";
}

std::string rationing_words(disrupt::Rationing rationing) {
  using disrupt::Rationing;
  switch (rationing) {
    case Rationing::proportional: return "proportional rationing of all clients";
    case Rationing::intermediate_first: return "rationing with industries before final users";
    case Rationing::domestic_first: return "rationing with clients at home before those abroad";
    case Rationing::government_first: return "rationing with governments before all others";
    case Rationing::largest_first: return "rationing with the largest clients first";
    case Rationing::smallest_relative_first:
      return "rationing with the smallest orders, relative to the baseline, first";
    case Rationing::random: return "rationing of clients in a random order, drawn anew each day";
  }
  return "";
}

ResultNote disrupt_method(disrupt::Path const& path, disrupt::ModelOptions const& options) {
  return {NoteKind::method, "Disruption",
          fmt::format(
              "{}, daily for {}. Each day: capacity, demand, {}, {}, stocks, orders{}, "
              "overproduction. Orders are {}. Under a cut the seller does not book "
              "the order and loses the sale. Losses are sums over the run against the same run "
              "without the shock; prices and wages do not move. A region counts as recovered once "
              "its output stays above {} % of baseline.",
              options.production == disrupt::Production::ario
                  ? "Inventory model of Hallegatte (2014)"
                  : "Inventory model with the production function of Pichler et al. (2022)",
              count_words(static_cast<std::size_t>(path.days), "day", "days"),
              production_words(options.production), rationing_words(options.rationing),
              options.order_base == disrupt::OrderBase::demand ? " for what demand needs" : "",
              options.order_rule == disrupt::OrderRule::fixed
                  ? "split over suppliers by base-year shares (fixed): nobody looks for another "
                    "supplier"
              : options.order_rule == disrupt::OrderRule::available
                  ? "split over suppliers by base-year shares, reweighted by what each supplier "
                    "could make"
                  : "split over suppliers by base-year shares, reweighted by what each supplier "
                    "produces and still books",
              100 * options.recovery_threshold)};
}

ResultNote world_note(Economy const& economy) {
  auto const& info = economy.info();
  auto const& balance = economy.balance();
  auto const& space = economy.space();
  auto text =
      fmt::format("{}: {} x {}, {}.", info.title, count_words(space.regions(), "region", "regions"),
                  count_words(space.sectors(), "sector", "sectors"),
                  count_words(space.size(), "industry", "industries"));
  if (info.year != 0) text += fmt::format(" The flows are those of {}.", info.year);
  text += fmt::format(" Unit: {} a year", to_string(info.unit));
  text += info.price_basis.empty() ? "." : fmt::format(", {}.", info.price_basis);
  if (!info.source.empty()) text += fmt::format(" Source: {}.", info.source);
  if (!info.licence.empty()) text += fmt::format(" Licence: {}.", info.licence);
  std::string const taken =
      "output is taken as the row sum and value added as what the column leaves.";
  if (balance.total_gap > 0) {
    text += fmt::format(
        " Row sums and published output differ by {} in all ({} of world output), at most {} in "
        "{}; {}",
        money_words(balance.total_gap, info.unit), percent_words(100 * balance.relative_total_gap),
        money_words(balance.largest_gap, info.unit), space.label(balance.largest_gap_at), taken);
  } else {
    text += " Row sums equal published output; " + taken;
  }
  if (info.estimated) text += " Some cells are estimates rather than published figures.";
  return {NoteKind::data, "Table", text};
}

ResultNote baseline_note(Economy const& economy, disrupt::BaselineReport const& baseline) {
  auto const& unit = economy.info().unit;
  std::string text = "A dynamic model needs flows that recur and are not negative. ";
  std::vector<std::string> left_out;
  if (baseline.inventory_changes_moved > 0) {
    left_out.push_back("changes in inventories of " +
                       in_unit(baseline.inventory_changes_moved, unit));
  }
  if (baseline.negative_final_use_moved > 0) {
    left_out.push_back("negative final use of " + in_unit(baseline.negative_final_use_moved, unit));
  }
  text += left_out.empty() ? "Nothing had to be left out."
                           : fmt::format("Left out: {}.", list_words(left_out));
  if (baseline.industries_scaled > 0) {
    text += fmt::format(" In {} inputs exceeded output and were scaled down, by {}{}.",
                        count_words(baseline.industries_scaled, "industry", "industries"),
                        in_unit(baseline.inputs_scaled_away, unit),
                        baseline.industries_scaled > 1 ? " in all" : "");
  }
  if (baseline.total_moved > 0) {
    text += fmt::format(" Together {}, {} of world output.", in_unit(baseline.total_moved, unit),
                        percent_words(100 * baseline.share_of_output));
  }
  return {NoteKind::data, "Baseline of the disruption model", text};
}

// "90 days for goods; 3 days for services (Construction, …)", or per product where they differ.
std::string inventory_words(IndustrySpace const& space, disrupt::ModelOptions const& options) {
  auto const& sectors = space.labels().sectors;
  std::map<double, std::vector<std::string>> by_days[2];
  for (std::size_t s = 0; s < sectors.size(); ++s) {
    by_days[sectors[s].service ? 1 : 0][options.inventory_days[s]].push_back(
        sector_words(space, SectorId{s}));
  }
  std::string words;
  for (int const kind : {0, 1}) {
    for (auto const& [days, names] : by_days[kind]) {
      if (!words.empty()) words += "; ";
      words += fmt::format("{} for {}", days_words(days), kind == 0 ? "goods" : "services");
      bool const say_which = kind == 1 || by_days[kind].size() > 1;
      if (say_which) words += fmt::format(" ({})", fmt::join(names, "; "));
    }
  }
  return words;
}

ResultNote inventory_note(IndustrySpace const& space, ResolvedScenario const& scenario) {
  auto const& options = scenario.options;
  auto const limits =
      options.production == disrupt::Production::ario
          ? fmt::format("Output falls once a stock is below {} % of its target",
                        two_digits(100 * options.psi))
          : std::string{"Output falls once a stock runs out"};
  return {NoteKind::assumption, "Inventories",
          fmt::format("Target stocks of every input: {}. {} {}; a gap is closed over {}.",
                      inventory_words(space, options),
                      scenario.stocks_from_files
                          ? "Taken from files of parameters where these have a row; the warnings "
                            "say how many of their numbers are assumptions."
                          : "An assumption, not data: plausible values lie between half and double.",
                      limits, days_words(options.tau_inventory_days))};
}

ResultNote substitution_note(disrupt::ModelOptions const& options) {
  std::string const same =
      "All products of a sector are taken to be the same, whoever makes them: the table cannot "
      "tell "
      "an advanced chip from a cable. ";
  bool const fixed = options.order_rule == disrupt::OrderRule::fixed;
  return {
      NoteKind::assumption, "Replacing suppliers",
      same + (fixed ? "With fixed orders nobody replaces a lost supplier, so one missing input "
                      "stops production all along the chains: losses are likely too high."
                    : "With reweighted orders buyers turn at once to any supplier that can still "
                      "deliver, a cut-off industry's own country included, which may even gain: "
                      "the buyer's losses are likely too low. The rule cannot tell a supplier that "
                      "cannot deliver from one that nobody orders from, so a seller that gives up "
                      "a client loses weight with its other clients too: the seller's losses are "
                      "likely too high.")};
}

ResultNote capacity_note(disrupt::ModelOptions const& options) {
  if (options.overproduction_max <= 1) {
    return {NoteKind::assumption, "Spare capacity",
            "None: no industry can produce more than its baseline."};
  }
  return {
      NoteKind::assumption, "Spare capacity",
      fmt::format("Industries whose clients go short can raise capacity to {} % of baseline, "
                  "over about {}. An assumption; 100 % means no spare capacity.",
                  100 * options.overproduction_max, days_words(options.tau_overproduction_days))};
}

ResultNote range_note(ScenarioAnswer const& answer) {
  std::vector<std::string> names;
  for (auto const& variant : answer.variants) names.push_back("'" + variant.name + "'");
  return {NoteKind::assumption, "Ranges",
          fmt::format("A range runs from the lowest to the highest result of the central run and "
                      "{} of the model: {}. It shows how much the answer hangs on the "
                      "model; it is not a probability, and the truth may lie outside.",
                      count_words(names.size(), "variant", "variants"), list_words(names))};
}

}  // namespace

std::vector<ResultNote> notes(Economy const& economy, DependAnswer const* depend,
                              std::span<ScenarioAnswer const> answers) {
  std::vector<ResultNote> result;
  if (depend != nullptr) {
    result.push_back(depend_method());
    for (auto const* measure : depend->measures) result.push_back(measure_method(*measure));
  }
  bool const disrupts = !answers.empty();
  auto const& space = economy.space();
  if (disrupts) {
    auto const& first = answers.front();
    result.push_back(disrupt_method(first.path, first.scenario->options));
  }
  result.push_back(world_note(economy));
  if (!disrupts) return result;
  result.push_back(baseline_note(economy, answers.front().path.baseline));
  for (auto const& answer : answers) {
    bool const one = answers.size() == 1;
    auto const add = [&](ResultNote note) {
      if (!one) note.title += fmt::format(" (scenario '{}')", answer.scenario->scenario.name);
      result.push_back(std::move(note));
    };
    add(inventory_note(space, *answer.scenario));
    if (!answer.scenario->scenario.cuts.empty()) {
      add(substitution_note(answer.scenario->options));
    }
    add(capacity_note(answer.scenario->options));
    if (!answer.variants.empty()) add(range_note(answer));
  }
  return result;
}

}  // namespace linchpin::study
