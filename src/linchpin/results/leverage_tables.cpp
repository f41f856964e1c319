// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/leverage_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr char const* no_loss = "the target is left without something it cannot do without";

std::string flag_of(PowerPair const& pair) {
  if (pair.same) return "same";
  if (!pair.trade) return "no trade";
  if (!pair.lost.empty()) return "lost: " + pair.lost;
  if (!pair.failed.empty()) return "no answer: " + pair.failed;
  if (!pair.monopoly.empty()) return fmt::format("monopoly: {}", fmt::join(pair.monopoly, ", "));
  if (pair.costless) return "costless";
  return "";
}

std::optional<double> largest(std::vector<Labelled> const& losses) {
  std::optional<double> most;
  for (auto const& [region, loss] : losses) most = std::max(most.value_or(loss), loss);
  return most;
}

ResultTable power_table(std::span<PowerYear const> years) {
  auto const percent = [](char const* name, char const* title, char const* words) {
    return number_column(name, title, "%", words, "see the column flag");
  };
  ResultTable table{
      "power",
      "Who could hurt whom",
      "A denial of all that is withheld, one way. Cost indices are at unchanged wages, 100·(P/P₀ − "
      "1); "
      "with a monopoly they are lower bounds. What would happen, not what did.",
      true,
      {text_column("world", "World", "Name of the world."),
       integer_column("year", "Year", "", "Year the world describes."),
       text_column("sender", "Sender", "Region, or regions that act together, joined by +."),
       text_column("target", "Target", "Region that is denied something."),
       percent("cost_index_pct", "Dearer",
               "Rise of the target's cost of living, through the network."),
       percent("cost_index_direct_pct", "Direct", "The same, final purchases alone."),
       number_column("liu_yang", "First order, net", "", "Liu-Yang power, antisymmetric."),
       number_column("liu_yang_over_target", "First order over the target", "", "Gross term."),
       number_column("liu_yang_over_sender", "First order over the sender", "", "Gross term."),
       percent("target_loss_pct", "Target loses", "Real final spending once trade has settled."),
       percent("sender_loss_pct", "Sender loses", "The same, the sender who loses most."),
       number_column("ratio", "Ratio", "", "Target's loss over the sender's.",
                     "costless, or no loss that is a number"),
       number_column("short_run_pct", "First months", "%",
                     "Target's loss of real final use over the days simulated.",
                     "not asked for this pair, or the world has no flows between industries"),
       number_column("short_run_low_pct", "First months, least", "%", "Over models of the range.",
                     "one model only"),
       number_column("short_run_high_pct", "First months, most", "%", "Over models of the range.",
                     "one model only"),
       number_column("cost_index_p05_pct", "Dearer, 5 %", "%", "Over draws of the elasticities.",
                     "no draws"),
       number_column("cost_index_p95_pct", "Dearer, 95 %", "%", "Over draws of the elasticities.",
                     "no draws"),
       number_column("rank", "Rank", "", "By the cost index within the world, 1 is the largest."),
       number_column("rank_p05", "Rank, 5 %", "", "Over draws.", "no draws"),
       number_column("rank_p95", "Rank, 95 %", "", "Over draws.", "no draws"),
       number_column("top_share", "Share in the first places", "",
                     "Share of draws in which the pair is among the first places.", "no draws"),
       text_column("flag", "Flag", "costless, monopoly, no trade, same, or what is lost.")}};
  RowWriter row(table);
  auto const dearer = [](double log_cost) { return 100 * std::expm1(log_cost); };
  for (auto const& year : years) {
    auto const& pairs = year.answer.pairs;
    for (auto const& pair : pairs) {
      auto const above = std::count_if(pairs.begin(), pairs.end(), [&](auto const& other) {
        return other.cost_index > pair.cost_index;
      });
      auto const drawn = [&](double PairRank::* number, bool log) -> std::optional<double> {
        if (!pair.rank) return std::nullopt;
        auto const value = (*pair.rank).*number;
        return log ? dearer(value) : value;
      };
      row << year.world << year.year << fmt::format("{}", fmt::join(pair.senders, "+"))
          << pair.target << dearer(pair.cost_index) << dearer(pair.cost_index_direct)
          << pair.liu_yang_target - pair.liu_yang_sender << pair.liu_yang_target
          << pair.liu_yang_sender << pair.target_loss_pct << largest(pair.sender_loss_pct)
          << pair.ratio << pair.short_run_pct << pair.short_run_low_pct << pair.short_run_high_pct
          << drawn(&PairRank::p05, true) << drawn(&PairRank::p95, true)
          << static_cast<double>(above + 1) << drawn(&PairRank::rank_p05, false)
          << drawn(&PairRank::rank_p95, false) << drawn(&PairRank::top_share, false)
          << flag_of(pair);
    }
  }
  return table;
}

ResultTable stability_table(std::span<PowerYear const> years) {
  ResultTable table{
      "power_rank_stability",
      "How much rankings of pairs agree",
      "Kendall's tau_b between rankings under two sets of trade elasticities: 1 is the same order.",
      true,
      {text_column("world", "World", "Name of the world."),
       text_column("set", "Set", "Trade elasticities."),
       text_column("other_set", "Other set", "Trade elasticities it is compared with."),
       number_column("tau_cost_index", "By the cost index", "", "Through the network."),
       number_column("tau_settled_loss", "By the settled loss", "", "Pairs without one left out.",
                     "no pair has a loss under every set")}};
  RowWriter row(table);
  for (auto const& year : years) {
    if (!year.answer.agreement) continue;
    auto const& agreement = *year.answer.agreement;
    for (std::size_t a = 0; a < agreement.sets.size(); ++a) {
      for (std::size_t b = 0; b < agreement.sets.size(); ++b) {
        row << year.world << agreement.sets[a] << agreement.sets[b] << agreement.cost_index[a][b]
            << agreement.equilibrium[a][b];
      }
    }
  }
  return table;
}

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
    return number_column(name, title, "%", "Quantile over draws that have a loss.", "no draws");
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
                     "no draws"),
       number_column("best_set_share", "In the best set", "",
                     "Share of draws in which the rarest of its links belongs to the worst set "
                     "solved in full.",
                     "no draws"),
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
        auto const quantile = [&](std::size_t q) {
          return set.band_pct.size() == 3 ? std::optional{set.band_pct[q]} : std::nullopt;
        };
        bool const assumed =
            std::any_of(set.links.begin(), set.links.end(), [&](std::string const& link) {
              return std::find(answer.theta_assumed.begin(), answer.theta_assumed.end(), link) !=
                     answer.theta_assumed.end();
            });
        row << answer.target << std::string{settled ? "settled" : "prices"} << s + 1
            << fmt::format("{}", fmt::join(set.links, " ")) << set.loss_pct << quantile(0)
            << quantile(1) << quantile(2) << set.failed_draws << set.lost_draws
            << largest(set.sender_loss_pct) << loss_words(set.sender_loss_pct) << search.bound_pct
            << std::string{search.bound_pct ? "proven" : "heuristic"}
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

std::vector<ResultTable> power_tables(std::span<PowerYear const> years) {
  std::vector<ResultTable> tables;
  if (years.empty()) return tables;
  tables.push_back(power_table(years));
  bool const compared = std::any_of(years.begin(), years.end(), [](auto const& each) {
    return each.answer.agreement.has_value();
  });
  if (compared) tables.push_back(stability_table(years));
  return tables;
}

std::vector<ResultTable> after_tables(std::span<PowerAfter const> years) {
  if (years.empty()) return {};
  ResultTable table{
      "power_after",
      "Power along a path to making it at home",
      "A denial of the line by all others together, at the share made at home in that year and "
      "everything else as in the world of the study.",
      true,
      {text_column("region", "Region", "Region that makes more of the line itself."),
       text_column("line", "Line", "Product line that is denied."),
       integer_column("year", "Year", "", "Year of the path."),
       number_column("home_share", "Made at home", "", "Share of the region's purchases."),
       number_column("cost_pct", "Cost of the path", "%", "As the study gives or computes it.",
                     "not given"),
       number_column("relative_price", "Price", "", "At home over abroad, on the path.",
                     "the path is not computed"),
       number_column("relative_quality", "Quality", "", "At home over the frontier, on the path.",
                     "the path is not computed"),
       number_column("cost_index_pct", "Dearer", "%",
                     "Rise of the cost of living at unchanged wages, through the network."),
       number_column("cost_index_p05_pct", "Dearer, 5 %", "%", "Over draws.", "no draws"),
       number_column("cost_index_p95_pct", "Dearer, 95 %", "%", "Over draws.", "no draws"),
       number_column("target_loss_pct", "Region loses", "%",
                     "Real final spending once trade has settled.", no_loss),
       number_column("sender_loss_pct", "Others lose", "%", "The one who loses most.", no_loss)}};
  RowWriter row(table);
  for (auto const& each : years) {
    auto const pct = [](double log_cost) { return 100 * std::expm1(log_cost); };
    auto const& rank = each.power.rank;
    row << each.region << each.line << each.year << each.home_share << each.cost_pct
        << each.relative_price << each.relative_quality << pct(each.power.cost_index)
        << (rank ? std::optional{pct(rank->p05)} : std::nullopt)
        << (rank ? std::optional{pct(rank->p95)} : std::nullopt) << each.power.target_loss_pct
        << largest(each.power.sender_loss_pct);
  }
  return {std::move(table)};
}

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
