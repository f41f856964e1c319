// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/depend_tables.h"

#include <array>
#include <string>
#include <utility>

#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr char const* per_output = "per unit of output";
constexpr std::size_t longest_in_report = 1000;  // rows; more make the page slow on a phone

TextColumn& texts(ResultColumn& column) { return std::get<TextColumn>(column.data); }
NumberColumn& numbers(ResultColumn& column) { return std::get<NumberColumn>(column.data); }

/// The four measures of one reliance, the same in both tables that show them.
struct Measures {
  std::array<ResultColumn, 4> columns{
      number_column("face_value", "Face value", per_output, "Direct purchases from the supplier."),
      number_column(
          "look_through", "Look-through", per_output,
          "Purchases from the supplier along the whole chain; gross, so it double counts."),
      number_column("hidden", "Hidden", per_output, "Look-through less face value."),
      number_column(
          "value_added_origin", "Origin of value added", per_output,
          "Value added by the supplier in the buyer's output; sums to one over suppliers.")};

  void push(depend::Reliance const& reliance) {
    numbers(columns[0]).push(reliance.face_value);
    numbers(columns[1]).push(reliance.look_through);
    numbers(columns[2]).push(reliance.hidden);
    numbers(columns[3]).push(reliance.value_added_origin);
  }

  void move_to(ResultTable& table) {
    for (auto& column : columns) table.columns.push_back(std::move(column));
  }
};

ResultTable reliance_table(IndustrySpace const& space,
                           std::span<depend::BuyerAccount const> accounts) {
  auto table = empty_reliance_table();
  RowWriter row(table);
  for (auto const& account : accounts) {
    for (std::size_t r = 0; r < account.by_region.size(); ++r) {
      auto const& reliance = account.by_region[r];
      row << buyer_label(space, account.buyer) << space.label(RegionId{r}) << reliance.face_value
          << reliance.look_through << reliance.hidden << reliance.value_added_origin;
    }
  }
  return table;
}

ResultTable suppliers_table(IndustrySpace const& space,
                            std::span<depend::BuyerAccount const> accounts) {
  auto buyer = text_column("buyer", "Buyer", "Region, or industry as REGION:SECTOR.");
  auto rank = integer_column("rank", "Rank", "", "1: the largest by look-through reliance.");
  auto supplier = text_column("supplier", "Supplier", "Supplying industry as REGION:SECTOR.");
  Measures measures;
  for (auto const& account : accounts) {
    std::int64_t place = 0;
    for (auto const industry : account.largest_suppliers) {
      texts(buyer).push_back(buyer_label(space, account.buyer));
      std::get<IntegerColumn>(rank.data).push(++place);
      texts(supplier).push_back(space.label(industry));
      measures.push(account.by_industry[industry.index()]);
    }
  }
  ResultTable table{"suppliers",
                    "Largest supplying industries",
                    "Ranked by look-through reliance; domestic suppliers included.",
                    true,
                    {}};
  table.columns = {std::move(buyer), std::move(rank), std::move(supplier)};
  measures.move_to(table);
  return table;
}

ResultTable concentration_table(IndustrySpace const& space,
                                std::span<depend::BuyerAccount const> accounts) {
  auto buyer = text_column("buyer", "Buyer", "Region, or industry as REGION:SECTOR.");
  auto measure = text_column("measure", "Measure", "Reliance whose shares are squared.");
  auto hhi =
      number_column("hhi", "HHI", "", "Sum of squared shares of all inputs over regions, 0 to 1.");
  auto effective = number_column("effective_suppliers", "Effective suppliers", "regions",
                                 "1 / HHI: this many equal suppliers would be as concentrated.");
  auto hhi_foreign = number_column("hhi_foreign", "HHI, foreign", "",
                                   "The same with shares of foreign inputs only.");
  auto effective_foreign = number_column(
      "effective_suppliers_foreign", "Effective foreign suppliers", "regions", "1 / foreign HHI.");
  auto largest = text_column("largest_foreign", "Largest foreign supplier",
                             "Foreign region with the largest share; empty if there is none.");
  auto largest_share = number_column("largest_foreign_share", "Its share of foreign inputs",
                                     "share of foreign inputs", "Of the measure, 0 to 1.");
  hhi.undefined = effective.undefined = "the buyer buys no inputs";
  hhi_foreign.undefined = effective_foreign.undefined = largest.undefined =
      largest_share.undefined = "the buyer has no foreign inputs";

  auto const push = [&](depend::BuyerAccount const& account, char const* name,
                        depend::Concentration const& of) {
    bool const any = of.hhi > 0;
    texts(buyer).push_back(buyer_label(space, account.buyer));
    texts(measure).emplace_back(name);
    numbers(hhi).push(any ? std::optional{of.hhi} : std::nullopt);
    numbers(effective).push(any ? std::optional{of.effective_suppliers} : std::nullopt);
    numbers(hhi_foreign).push(of.hhi_foreign);
    numbers(effective_foreign).push(of.effective_suppliers_foreign);
    texts(largest).push_back(of.largest_foreign ? space.label(*of.largest_foreign) : "");
    numbers(largest_share)
        .push(of.largest_foreign ? std::optional{of.largest_foreign_share} : std::nullopt);
  };
  for (auto const& account : accounts) {
    push(account, "face_value", account.face_value);
    push(account, "look_through", account.look_through);
  }
  ResultTable table{"concentration",
                    "How concentrated purchases are over supplier regions",
                    "Regions of different size are one supplier each: a rest of the world counts "
                    "as one.",
                    true,
                    {}};
  table.columns = {std::move(buyer),     std::move(measure),      std::move(hhi),
                   std::move(effective), std::move(hhi_foreign),  std::move(effective_foreign),
                   std::move(largest),   std::move(largest_share)};
  return table;
}

}  // namespace

std::string buyer_label(IndustrySpace const& space, depend::Buyer const& buyer) {
  return buyer.industry ? space.label(*buyer.industry) : space.label(buyer.region);
}

ResultTable empty_reliance_table() {
  ResultTable table{"reliance",
                    "On whom buyers rely",
                    "Look-through reliance counts every transaction along the chain, so it can "
                    "exceed one: it measures transactions exposed. Origin of value added measures "
                    "value.",
                    true,
                    {}};
  table.columns = {
      text_column("buyer", "Buyer", "Region, or industry as REGION:SECTOR."),
      text_column("supplier", "Supplier",
                  "Supplying region, the buyer's own included, or industry as REGION:SECTOR.")};
  Measures{}.move_to(table);
  return table;
}

ResultTable position_table(IndustrySpace const& space, depend::Position const& position,
                           std::span<IndustryId const> industries) {
  auto industry = text_column("industry", "Industry", "REGION:SECTOR.");
  auto multiplier =
      number_column("output_multiplier", "Output multiplier", "output per unit of final demand",
                    "Output of all industries per unit of final demand for this one.");
  auto up = number_column("upstreamness", "Upstreamness", "steps",
                          "Average distance to final use, >= 1.");
  auto down = number_column("downstreamness", "Downstreamness", "steps",
                            "Average distance from primary factors, >= 1.");
  for (auto const id : industries) {
    auto const i = id.index();
    texts(industry).push_back(space.label(id));
    numbers(multiplier).push(position.output_multiplier[i]);
    numbers(up).push(position.upstreamness[i]);
    numbers(down).push(position.downstreamness[i]);
  }
  ResultTable table{"position",
                    "Where industries stand in the chains of production",
                    "Industries without output have 1 by convention.",
                    industries.size() <= longest_in_report,
                    {}};
  table.columns = {std::move(industry), std::move(multiplier), std::move(up), std::move(down)};
  return table;
}

std::vector<ResultTable> depend_tables(IndustrySpace const& space,
                                       std::span<depend::BuyerAccount const> accounts,
                                       depend::Position const& position) {
  std::vector<IndustryId> all;
  for (std::size_t i = 0; i < space.size(); ++i) all.emplace_back(i);
  return {reliance_table(space, accounts), suppliers_table(space, accounts),
          concentration_table(space, accounts), position_table(space, position, all)};
}

}  // namespace linchpin
