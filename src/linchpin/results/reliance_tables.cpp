// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/reliance_tables.h"

#include <algorithm>
#include <array>

#include "linchpin/results/depend_tables.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr std::size_t longest_in_report = 1000;  // rows; more make the page slow on a phone

/// The industries of a party with their shares of its output; none if it has no output.
struct Weights {
  std::size_t first = 0;
  DenseVector share;
};

Weights weights_of(depend::LeontiefSystem const& system, depend::Buyer const& party) {
  auto const& space = system.space();
  auto const first =
      party.industry ? party.industry->index() : space.first_of(party.region).index();
  auto const last = party.industry ? first + 1 : space.last_of(party.region).index();
  Weights weights{first, DenseVector(last - first, 0.0)};
  double total = 0;
  for (auto i = first; i < last; ++i)
    total += std::max(0.0, system.economy().output()[IndustryId{i}]);
  if (!(total > 0)) return {first, {}};
  for (auto i = first; i < last; ++i) {
    weights.share[i - first] = std::max(0.0, system.economy().output()[IndustryId{i}]) / total;
  }
  return weights;
}

template <class Value>
double average(Weights const& weights, Value const& value) {
  double sum = 0;
  for (std::size_t k = 0; k < weights.share.size(); ++k) {
    if (weights.share[k] > 0) sum += weights.share[k] * value(weights.first + k);
  }
  return sum;
}

}  // namespace

ResultTable reliance_matrix_table(depend::LeontiefSystem const& system,
                                  depend::RelianceMatrix const& reliance,
                                  std::span<depend::Buyer const> buyers,
                                  std::span<depend::Buyer const> suppliers) {
  auto table = empty_reliance_table();
  RowWriter row(table);
  auto const& space = system.space();
  for (auto const& buyer : buyers) {
    auto const weights = weights_of(system, buyer);
    if (weights.share.empty()) continue;
    for (std::size_t r = 0; r < suppliers.size(); ++r) {
      double const face =
          average(weights, [&](std::size_t j) { return reliance.face_value(r, j); });
      double const hidden = average(weights, [&](std::size_t j) { return reliance.hidden(r, j); });
      row << buyer_label(space, buyer) << buyer_label(space, suppliers[r]) << face << face + hidden
          << hidden
          << average(weights, [&](std::size_t j) { return reliance.value_added_origin(r, j); });
    }
  }
  table.in_report = table.rows() <= longest_in_report;
  return table;
}

ResultTable market_reliance_table(depend::LeontiefSystem const& system,
                                  depend::MarketReliance const& reliance,
                                  std::span<depend::Buyer const> sellers,
                                  std::span<RegionId const> markets) {
  constexpr char const* unit = "per unit of output";
  ResultTable table{"market_reliance",
                    "On whose purchases sellers rely",
                    "Look-through counts every transaction along the chain, so it can exceed one. "
                    "Accounting of sales, not what would happen without the market.",
                    true,
                    {}};
  table.columns = {
      text_column("seller", "Seller", "Region, or industry as REGION:SECTOR."),
      text_column("market", "Market", "Buying region, the seller's own included."),
      number_column("face_value", "Face value", unit, "Sales to industries of the market."),
      number_column("look_through", "Look-through", unit,
                    "Output that reaches industries of the market directly or through others."),
      number_column("hidden", "Hidden", unit, "Look-through less face value."),
      number_column("final_use", "Final use", unit,
                    "Output that ends in final use of the market; sums to one over markets.")};
  RowWriter row(table);
  auto const& space = system.space();
  for (auto const& seller : sellers) {
    auto const weights = weights_of(system, seller);
    if (weights.share.empty()) continue;
    for (auto const market : markets) {
      auto const s = market.index();
      double const face =
          average(weights, [&](std::size_t i) { return reliance.face_value(i, s); });
      double const hidden = average(weights, [&](std::size_t i) { return reliance.hidden(i, s); });
      row << buyer_label(space, seller) << space.label(market) << face << face + hidden << hidden
          << average(weights, [&](std::size_t i) { return reliance.final_use(i, s); });
    }
  }
  table.in_report = table.rows() <= longest_in_report;
  return table;
}

std::vector<ResultTable> footprint_tables(IndustrySpace const& space,
                                          std::span<depend::FootprintAccount const> accounts,
                                          std::span<RegionId const> regions,
                                          std::span<RegionId const> origins, bool detail) {
  constexpr char const* unit = "unit of the account";
  ResultTable table{"footprint",
                    "What final use asks for, and where it arises",
                    "Average intensities of industries: a footprint says what went into what was "
                    "bought, not what one purchase more would cause.",
                    true,
                    {}};
  table.columns = {
      text_column("account", "Account", "Value added, or a satellite account of the table."),
      text_column("unit", "Unit", "Of the amounts in this row, per year."),
      text_column("region", "Region", "Where it arises (production) or is used (consumption)."),
      number_column("production", "Production-based", unit, "Arises in the region."),
      number_column("consumption", "Consumption-based", unit,
                    "Arises anywhere for the region's final use."),
      number_column("imports", "In imports", unit,
                    "Part of the consumption-based amount that arises elsewhere."),
      number_column("exports", "In exports", unit,
                    "Part of the production-based amount that serves others.")};
  ResultTable flows{
      "footprint_flows", "Footprints by origin and destination", table.note, false, {}};
  flows.columns = {
      text_column("account", "Account", "As in the table `footprint`."),
      text_column("unit", "Unit", "Of the amount, per year."),
      text_column("origin", "Origin", "Where it arises."),
      text_column("destination", "Destination", "Whose final use it serves."),
      number_column("amount", "Amount", unit, "Not counted: arises with final users.")};
  RowWriter row(table), flow(flows);
  for (auto const& account : accounts) {
    for (auto const region : regions) {
      row << account.label << account.unit << space.label(region)
          << account.production_based(region) << account.consumption_based(region)
          << account.imported(region) << account.exported(region);
      for (std::size_t k = 0; detail && k < origins.size(); ++k) {
        flow << account.label << account.unit << space.label(origins[k]) << space.label(region)
             << account.by_origin(origins[k].index(), region.index());
      }
    }
  }
  table.in_report = table.rows() <= longest_in_report;
  std::vector<ResultTable> tables{std::move(table)};
  if (detail) tables.push_back(std::move(flows));
  return tables;
}

ResultTable change_table(IndustrySpace const& space, std::string const& unit,
                         std::span<ChangeOfYears const> changes, std::span<RegionId const> origins,
                         std::span<RegionId const> destinations) {
  static constexpr std::array<std::array<char const*, 2>, depend::change_factors> words = {
      {{"Value added per output", "Effect of industries' value added per unit of output."},
       {"Technology", "Effect of how much of each input industries need."},
       {"Input sourcing", "Effect of from whom industries buy."},
       {"Final sourcing", "Effect of from whom final users buy."},
       {"Final demand", "Effect of how much of what final users buy."}}};
  ResultTable table{"change",
                    "What changed between two years, and why",
                    "Mean of two polar decompositions; effects add up to the change. In current "
                    "prices they contain price changes.",
                    true,
                    {}};
  table.columns = {text_column("from", "From", "World of the first year."),
                   text_column("to", "To", "World of the second year."),
                   text_column("origin", "Origin", "Region whose value added it is."),
                   text_column("destination", "Destination", "Region whose final use it serves."),
                   number_column("before", "Before", unit, "Value added in the first year."),
                   number_column("after", "After", unit, "Value added in the second year."),
                   number_column("change", "Change", unit, "After less before.")};
  for (std::size_t k = 0; k < depend::change_factors; ++k) {
    table.columns.push_back(
        number_column(std::string(depend::change_factor_names[k]), words[k][0], unit, words[k][1]));
  }
  RowWriter row(table);
  for (auto const& years : changes) {
    for (auto const origin : origins) {
      for (auto const destination : destinations) {
        auto const r = origin.index(), s = destination.index();
        double const before = years.change.before(r, s), after = years.change.after(r, s);
        row << years.before << years.after << space.label(origin) << space.label(destination)
            << before << after << after - before;
        for (auto const& effect : years.change.effects) row << effect(r, s);
      }
    }
  }
  table.in_report = table.rows() <= longest_in_report;
  return table;
}

}  // namespace linchpin
