// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/threat_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "linchpin/results/quantile_columns.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr char const* no_break = "see the column flag";

std::string joined(std::vector<std::string> const& labels) {
  return fmt::format("{}", fmt::join(labels, "+"));
}

std::string listed(std::vector<std::string> const& labels) {
  return labels.empty() ? "all" : fmt::format("{}", fmt::join(labels, ", "));
}

/// `value`, unless there is no answer at all.
std::optional<double> if_known(std::string const& no_answer, double value) {
  return no_answer.empty() ? std::optional{value} : std::nullopt;
}

std::string flag_of(BargainAnswer const& answer) {
  if (!answer.no_answer.empty()) return "no answer: " + answer.no_answer;
  if (!answer.trade) return "no trade";
  std::vector<std::string> words;
  for (auto const* side : {&answer.first, &answer.second}) {
    if (side->costless) words.push_back("costless for " + joined(side->regions));
  }
  if (!answer.agreement) words.emplace_back("no agreement");
  return fmt::format("{}", fmt::join(words, ", "));
}

/// Columns of a number and its band.
void add_banded(std::vector<ResultColumn>& columns, std::string const& name,
                std::string const& suffix, std::string const& title, std::string const& unit,
                std::string const& words, std::string const& undefined) {
  columns.push_back(number_column(name + suffix, title, unit, words, undefined));
  columns.push_back(number_column(name + "_p05" + suffix, title + ", 5 %", unit,
                                  "Quantile over draws of the elasticities.", no_draws));
  columns.push_back(number_column(name + "_p95" + suffix, title + ", 95 %", unit,
                                  "Quantile over draws of the elasticities.", no_draws));
}

void write_band(RowWriter& row, std::optional<Band> const& band) {
  if (!band) {
    row.leave_empty(3);
    return;
  }
  row << band->central << band->p05 << band->p95;
}

std::optional<Band> known_band(BargainAnswer const& answer, Band const& band) {
  return answer.no_answer.empty() ? std::optional{band} : std::nullopt;
}

std::vector<ResultColumn> bargain_columns(std::string const& money) {
  std::vector<ResultColumn> columns{
      text_column("first", "First", "Region, or regions that act together, joined by +."),
      text_column("second", "Second", "The other side."),
      text_column("sectors", "Sectors", "Whose trade breaks."),
      number_column("weight", "Weight of the first", "", "Bargaining weight, 0 to 1.")};
  add_banded(columns, "first_loss", "_pct", "First loses by a break", "%",
             "Of its real final spending once trade has settled.", no_break);
  add_banded(columns, "second_loss", "_pct", "Second loses by a break", "%",
             "Of its real final spending once trade has settled.", no_break);
  columns.push_back(number_column("surplus", "Saved by an agreement", money,
                                  "What both would lose by the break, added up, less what it is "
                                  "worth to them besides.",
                                  no_break));
  add_banded(columns, "transfer", "", "Transfer", money,
             "From the first to the second; below 0: the other way.", no_break);
  for (auto const* which : {"first", "second"}) {
    bool const first = std::string{which} == "first";
    columns.push_back(number_column(
        fmt::format("{}_gain_pct", which), fmt::format("{} gains", first ? "First" : "Second"), "%",
        "By the agreement over the break, of its own spending.", no_break));
  }
  for (auto const* which : {"first", "second"}) {
    bool const first = std::string{which} == "first";
    auto const* const title = first ? "First" : "Second";
    columns.push_back(number_column(fmt::format("{}_accepts", which),
                                    fmt::format("{} would hand over", title), money,
                                    "At most, rather than see the break.", no_break));
    columns.push_back(
        number_column(fmt::format("{}_demand", which), fmt::format("{} can enforce", title), money,
                      "What the other would hand over, if its own threat is credible; "
                      "else 0.",
                      no_break));
    columns.push_back(number_column(fmt::format("{}_resolve_pct", which),
                                    fmt::format("The break is worth to the {}", which), "%",
                                    "Besides its spending, of that spending; central."));
    columns.push_back(number_column(fmt::format("{}_credible_share", which),
                                    fmt::format("{}'s threat is credible in", title), "",
                                    "Share of draws.", no_draws));
  }
  columns.push_back(text_column("first_credible", "First's threat is credible",
                                "yes: carrying it out costs the first no more than it is worth."));
  columns.push_back(text_column("second_credible", "Second's threat is credible", "Likewise."));
  add_banded(columns, "first_ratio", "", "Pain ratio of the first", "",
             "What the second loses over what the first loses.", "costless, or no answer");
  columns.push_back(number_column("second_ratio", "Pain ratio of the second", "",
                                  "The other way round.", "costless, or no answer"));
  columns.push_back(text_column("flag", "Flag", "costless, no agreement, no trade, no answer."));
  return columns;
}

std::optional<double> low_of(SignalRange const& range) {
  return range.low ? std::optional{range.low->central} : std::nullopt;
}
std::optional<double> high_of(SignalRange const& range) {
  return range.high ? std::optional{range.high->central} : std::nullopt;
}

ResultTable signal_table(std::span<SignalAnswer const> answers) {
  std::string const money = answers.front().unit_words + " per year";
  auto const share = [](char const* name, char const* title, char const* words) {
    return number_column(name, title, "", words, "there is none, see the column outcome");
  };
  ResultTable table{
      "signals",
      "What buying less today can show",
      "A signal is the share of its purchases from the sender that the target gives up beforehand. "
      "Types of the target are the ends of the ranges of the trade elasticities.",
      true,
      {text_column("target", "Target", "Region that may signal."),
       text_column("sender", "Sender", "Who would withhold, joined by +."),
       text_column("sectors", "Sectors", "Discouraged, and withheld."),
       text_column("instrument", "Instrument", "wedge: uses up resources; tariff: has revenue."),
       number_column("belief", "Belief", "", "Probability of the sender that it is resilient."),
       number_column("deterring_belief", "Deterring belief", "",
                     "From this probability on a threat does not pay.", "nothing deters"),
       number_column("resilient_loss_pct", "Resilient loses", "%",
                     "By the denial, of its real final spending."),
       number_column("dependent_loss_pct", "Dependent loses", "%", "Likewise."),
       number_column("demand_pct", "Demand", "%", "What the sender demands instead."),
       number_column("sender_gain", "Sender gains", money, "From a dependent target."),
       number_column("sender_penalty", "Sender loses", money,
                     "By carrying the denial out against a resilient one; below 0: gains."),
       share("separating_low", "Separates from", "Least share only a resilient target gives up."),
       share("separating_high", "Separates up to", "Largest share it gives up."),
       share("pooling_high", "Pools up to", "Both types give up as much; the prior deters."),
       share("mixing_high", "Mixes up to", "All resilient and some dependent targets signal."),
       number_column("mixing_share", "Dependent who signal", "", "In that case, their share."),
       number_column("signal_cost_pct", "The signal costs", "%",
                     "The cheapest separating one, a resilient target, in a year.",
                     "nothing separates"),
       text_column("outcome", "Outcome", "In words.")}};
  RowWriter row(table);
  for (auto const& each : answers) {
    std::string outcome;
    if (!each.no_answer.empty()) {
      outcome = each.no_answer;
    } else {
      std::vector<std::string> words;
      if (each.separating.low) words.emplace_back("separating");
      if (each.silence_deters) words.emplace_back("silence deters");
      if (each.mixing.low) words.emplace_back("mixing");
      if (words.empty()) words.emplace_back("threatened whatever it does");
      outcome = fmt::format("{}", fmt::join(words, ", "));
    }
    row << each.target << joined(each.senders) << listed(each.sectors) << each.instrument
        << each.belief
        << (each.deterring_belief ? std::optional{each.deterring_belief->central} : std::nullopt)
        << each.resilient_loss << each.dependent_loss << each.demand << each.gain << each.penalty
        << low_of(each.separating) << high_of(each.separating) << high_of(each.pooling)
        << high_of(each.mixing) << each.mixing_share << each.signal_cost << outcome;
  }
  return table;
}

ResultTable cost_table(std::span<SignalAnswer const> answers) {
  ResultTable table{
      "signal_costs",
      "What giving up purchases costs",
      "Once trade has settled, for both types of target.",
      true,
      {text_column("target", "Target", "Region that may signal."),
       text_column("sender", "Sender", "Whose goods are discouraged, joined by +."),
       text_column("type", "Type", "resilient or dependent."),
       number_column("wedge_pct", "Wedge", "%", "On what the sender's goods cost the target."),
       number_column("given_up", "Given up", "", "Share of the purchases, by value."),
       number_column("cost_pct", "Costs", "%", "Of real final spending in a year.")}};
  RowWriter row(table);
  for (auto const& each : answers) {
    for (auto const& point : each.costs) {
      row << each.target << joined(each.senders)
          << std::string{point.resilient ? "resilient" : "dependent"} << point.wedge_pct
          << point.given_up << point.cost_pct;
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> bargain_tables(std::span<BargainAnswer const> answers) {
  if (answers.empty()) return {};
  ResultTable table{
      "bargains", "What an agreement is worth, and to whom",
      "Threat point: no trade at all between the two sides, once trade has settled. Real final "
      "spending at prices of the base; what a transfer does to prices is left out.",
      true, bargain_columns(answers.front().unit_words + " per year")};
  RowWriter row(table);
  for (auto const& each : answers) {
    auto const known = [&](double value) { return if_known(each.no_answer, value); };
    row << joined(each.first.regions) << joined(each.second.regions) << listed(each.sectors)
        << each.weight;
    write_band(row, known_band(each, each.first.loss_pct));
    write_band(row, known_band(each, each.second.loss_pct));
    row << known(each.surplus.central);
    write_band(row, known_band(each, each.transfer));
    row << known(each.first.gain_pct) << known(each.second.gain_pct);
    for (auto const* side : {&each.first, &each.second}) {
      row << known(side->accepts) << known(side->demand) << side->resolve_pct
          << side->credible_share;
    }
    row << yes_no(each.first.credible) << yes_no(each.second.credible);
    write_band(row, each.first.ratio);
    row << (each.second.ratio ? std::optional{each.second.ratio->central} : std::nullopt)
        << flag_of(each);
  }
  return {std::move(table)};
}

std::vector<ResultTable> signal_tables(std::span<SignalAnswer const> answers) {
  std::vector<ResultTable> tables;
  if (answers.empty()) return tables;
  tables.push_back(signal_table(answers));
  bool const curves = std::any_of(answers.begin(), answers.end(),
                                  [](auto const& each) { return !each.costs.empty(); });
  if (curves) tables.push_back(cost_table(answers));
  return tables;
}

}  // namespace linchpin
