// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "linchpin/results/leverage_tables.h"
#include "linchpin/results/quantile_columns.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

/// Least over the links of a set of a share of draws; links that are never among the first have 0.
template <typename Share>
std::optional<double> least_share(ChokepointsAnswer const& answer, LinkSet const& set,
                                  Share const& share) {
  if (answer.draws == 0 || set.links.empty()) return std::nullopt;
  double least = 1;
  for (auto const& link : set.links) {
    auto const found = std::find_if(answer.links.begin(), answer.links.end(),
                                    [&](auto const& each) { return each.link == link; });
    least = std::min(least, found == answer.links.end() ? 0.0 : share(*found));
  }
  return least;
}

std::string loss_words(std::vector<Labelled> const& losses) {
  std::vector<std::string> words;
  for (auto const& [region, loss] : losses) words.push_back(fmt::format("{} {:.3f}", region, loss));
  return fmt::format("{}", fmt::join(words, ", "));
}

ResultTable chokepoint_table(std::span<ChokepointsAnswer const> answers) {
  auto const band = [](char const* name, char const* title) {
    return number_column(name, title, "%", "Quantile over draws that have a loss.", no_draws);
  };
  ResultTable table{
      "chokepoints",
      "Where a target can be hurt most",
      "Sets of links (seller:sector) whose denial costs the target most. A bound is proven at "
      "unchanged wages only; once trade has settled the best found is not proven to be the best.",
      true,
      {text_column("target", "Target", "Region that is denied the links."),
       text_column("model", "Model",
                   "settled: once trade has settled; prices: at unchanged wages."),
       integer_column("rank", "Rank", "", "1 hurts most."),
       text_column("links", "Links", "Seller and sector, separated by blanks."),
       number_column("loss_pct", "Target loses", "%", "Of its real final spending."),
       band("loss_p05_pct", "5 %"),
       band("loss_p50_pct", "50 %"),
       band("loss_p95_pct", "95 %"),
       integer_column("failed_draws", "Failed draws", "", "Draws without an answer of the model."),
       integer_column("lost_draws", "Draws beyond", "",
                      "Draws that leave the target without something: worse than the band."),
       number_column("sender_loss_pct", "Senders lose", "%", "The sender who loses most.",
                     "nobody has to agree"),
       text_column("senders", "Senders", "Who must agree, each with its own loss in per cent."),
       number_column("bound_pct", "Bound", "%", "No set costs more.", "not proven"),
       text_column("bound_kind", "Bound is", "proven or heuristic."),
       number_column("top_share", "In the first k", "",
                     "Share of draws in which the rarest of its links is among the k most harmful "
                     "ones, one by one.",
                     no_draws),
       number_column("best_set_share", "In the best set", "",
                     "Share of draws in which the rarest of its links belongs to the worst set "
                     "solved in full.",
                     no_draws),
       number_column("cut", "Denied", "", "Share of each purchase; 1 is all of it."),
       text_column("screen", "Screen",
                   "prices: at unchanged wages; adjoint: first order, for partial cuts."),
       number_column("first_order_pct", "First order", "%",
                     "What the screen took a partial cut for.", "full denials"),
       text_column("flag", "Flag", "theta assumed: a link's elasticity is an assumption.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (bool const settled : {true, false}) {
      auto const& search = settled ? answer.settled : answer.prices;
      for (std::size_t s = 0; s < search.sets.size(); ++s) {
        auto const& set = search.sets[s];
        bool const assumed =
            std::any_of(set.links.begin(), set.links.end(), [&](std::string const& link) {
              return std::find(answer.theta_assumed.begin(), answer.theta_assumed.end(), link) !=
                     answer.theta_assumed.end();
            });
        row << answer.target << std::string{settled ? "settled" : "prices"} << s + 1
            << fmt::format("{}", fmt::join(set.links, " ")) << set.loss_pct
            << quantile_of(set.band_pct, 0) << quantile_of(set.band_pct, 1)
            << quantile_of(set.band_pct, 2) << set.failed_draws << set.lost_draws
            << largest_loss(set.sender_loss_pct) << loss_words(set.sender_loss_pct)
            << search.bound_pct << std::string{search.bound_pct ? "proven" : "heuristic"}
            << least_share(answer, set, [](auto const& each) { return each.top_share; })
            << least_share(answer, set,
                           [](auto const& each) { return each.best_set_share.value_or(0); })
            << answer.cut << std::string{settled && answer.cut < 1 ? "adjoint" : "prices"}
            << set.first_order_pct << std::string{assumed ? "theta assumed" : ""};
      }
    }
  }
  return table;
}

ResultTable link_table(std::span<ChokepointsAnswer const> answers) {
  ResultTable table{"chokepoint_links",
                    "How sure single links are",
                    "Ranks are by the screen, links one by one; the best set of a draw is of sets "
                    "solved in full.",
                    true,
                    {text_column("target", "Target", "Region that is denied the link."),
                     text_column("link", "Link", "Seller and sector."),
                     number_column("top_share", "In the first k", "",
                                   "Share of draws in which the link is among the k most harmful."),
                     integer_column("k", "k", "", "Links of a set."),
                     number_column("rank_p05", "Rank, 5 %", "", "Over draws, 1 hurts most."),
                     number_column("rank_p50", "Rank, 50 %", "", "Over draws."),
                     number_column("rank_p95", "Rank, 95 %", "", "Over draws."),
                     number_column("best_set_share", "In the best set", "",
                                   "Share of draws whose best set has the link.",
                                   "in no draw a set has a loss")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& each : answer.links) {
      row << answer.target << each.link << each.top_share << answer.k << each.rank_p05
          << each.rank_p50 << each.rank_p95 << each.best_set_share;
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> chokepoint_tables(std::span<ChokepointsAnswer const> answers) {
  std::vector<ResultTable> tables;
  if (answers.empty()) return tables;
  tables.push_back(chokepoint_table(answers));
  bool const drawn =
      std::any_of(answers.begin(), answers.end(), [](auto const& each) { return each.draws > 0; });
  if (drawn) tables.push_back(link_table(answers));
  return tables;
}

}  // namespace linchpin
