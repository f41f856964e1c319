// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/paths_tables.h"

#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr std::size_t longest_in_report = 1000;  // rows; more make the page slow on a phone
constexpr char const* world_label = "WORLD";
constexpr char const* no_path = "no path leads from the supplier to this final use";
constexpr char const* paths_note =
    "Value added by the first industry of a path that reaches final use along exactly this chain "
    "of "
    "deliveries. Chains follow average purchases of industries: no shipment of a firm is traced, "
    "and a cut path can be replaced by another.";

std::string money(Economy const& economy) { return to_string(economy.info().unit); }

std::string destination(Economy const& economy, std::optional<RegionId> region) {
  return region ? economy.space().label(*region) : world_label;
}

std::string path_text(Economy const& economy, depend::SupplyPath const& path,
                      std::optional<RegionId> region) {
  std::string text;
  for (auto const id : path.industries) text += economy.space().label(id) + " -> ";
  return text + "final use " + destination(economy, region);
}

std::optional<double> share_of(double part, double whole) {
  return whole > 0 ? std::optional{part / whole} : std::nullopt;
}

std::vector<ResultColumn> question_columns() {
  return {text_column("supplier", "Supplier", "Where the paths begin."),
          text_column("final_use", "Final use", "Region where they end, or WORLD for all.")};
}

}  // namespace

ResultTable paths_table(Economy const& economy, std::string const& supplier,
                        std::span<PathsAnswer const> answers) {
  auto const unit = money(economy);
  std::size_t rows = 0;
  for (auto const& answer : answers) rows += answer.found.paths.size();
  ResultTable table{"paths", "The heaviest supply paths", paths_note, rows <= longest_in_report,
                    question_columns()};
  auto const add = [&](ResultColumn column) { table.columns.push_back(std::move(column)); };
  add(integer_column("rank", "Rank", "", "1: the heaviest path."));
  add(text_column("path", "Path", "Sellers and buyers from the supplier to final use."));
  add(integer_column("deliveries", "Deliveries", "", "Between industries, final use not counted."));
  add(number_column("value", "Value", unit, "Value added by the first industry of the path."));
  add(number_column("share", "Share", "share of all paths", "Value over all paths.", no_path));
  add(number_column("cumulative_share", "Cumulative share", "share of all paths",
                    "Of this path and all heavier ones.", no_path));
  RowWriter row(table);
  for (auto const& [region, found] : answers) {
    std::size_t rank = 0;
    double sum = 0;
    for (auto const& path : found.paths) {
      sum += path.value;
      row << supplier << destination(economy, region) << ++rank << path_text(economy, path, region)
          << path.industries.size() - 1 << path.value << share_of(path.value, found.total)
          << share_of(sum, found.total);
    }
  }
  return table;
}

ResultTable paths_total_table(Economy const& economy, std::string const& supplier,
                              std::span<PathsAnswer const> answers) {
  auto const unit = money(economy);
  ResultTable table{"paths_total", "What the paths shown explain",
                    "Value added by the suppliers that reaches final use, along all chains.", true,
                    question_columns()};
  auto const add = [&](ResultColumn column) { table.columns.push_back(std::move(column)); };
  add(integer_column("paths", "Paths", "", "Number of paths shown."));
  add(number_column("shown", "Shown", unit, "Value of the paths shown."));
  add(number_column("total", "All paths", unit,
                    "Value of all paths, of any length, that end in positive final use."));
  add(number_column("share_shown", "Share shown", "share of all paths", "Shown over all paths.",
                    no_path));
  add(number_column("negative_final_use", "Ends in negative final use", unit,
                    "Not part of the total: paths that end in negative cells (stocks run down)."));
  add(number_column("negative_suppliers", "Begins with negative value added", unit,
                    "Not part of the total: suppliers whose value added is negative."));
  add(number_column("heaviest_left_out", "Heaviest path left out, at most", unit,
                    "No path that is not shown is heavier; 0 if all are shown."));
  RowWriter row(table);
  for (auto const& [region, found] : answers) {
    row << supplier << destination(economy, region) << found.paths.size() << found.shown
        << found.total << share_of(found.shown, found.total) << found.negative_final_use
        << found.negative_suppliers << found.heaviest_left_out;
  }
  return table;
}

ResultTable paths_layers_table(Economy const& economy, std::string const& supplier,
                               std::span<PathsAnswer const> answers,
                               std::span<DenseMatrix const> layers) {
  LINCHPIN_EXPECTS(layers.size() == answers.size());
  ResultTable table{"paths_layers", "Paths by number of deliveries",
                    "Includes suppliers whose value added is negative.", true, question_columns()};
  auto const add = [&](ResultColumn column) { table.columns.push_back(std::move(column)); };
  add(integer_column("deliveries", "Deliveries", "", "Between industries, final use not counted."));
  add(number_column("value", "Value", money(economy), "Of all paths with as many deliveries."));
  add(number_column("cumulative_share", "Cumulative share", "share of all paths",
                    "Of paths with as many deliveries or fewer.", no_path));
  RowWriter row(table);
  for (std::size_t a = 0; a < answers.size(); ++a) {
    auto const& found = answers[a].found;
    double const all = found.total + found.negative_suppliers;
    double sum = 0;
    for (std::size_t m = 0; m < layers[a].rows(); ++m) {
      double value = 0;
      for (double const part : layers[a].row(m)) value += part;
      sum += value;
      row << supplier << destination(economy, answers[a].final_region) << m << value
          << share_of(sum, all);
    }
  }
  return table;
}

ResultTable propagation_table(Economy const& economy, std::span<PropagationPair const> pairs,
                              bool by_buyer) {
  ResultTable table{
      "propagation",
      "How many steps supplies take",
      "Strength is gross and double counts, as look-through reliance does. Length counts "
      "deliveries between industries of the table, not days or miles.",
      pairs.size() <= longest_in_report,
      {text_column("supplier", "Supplier", "Selling industry as REGION:SECTOR."),
       text_column("buyer", "Buyer", "Buying industry as REGION:SECTOR."),
       integer_column("rank", "Rank", "",
                      by_buyer ? "1: the strongest supplier of the buyer." : "1: the strongest."),
       number_column("strength", "Strength", "per unit of output",
                     "Output of the supplier that the buyer needs along the whole chain."),
       number_column("length", "Length", "deliveries", "Steps such a need takes on average.")}};
  auto const& space = economy.space();
  RowWriter row(table);
  std::size_t rank = 0;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    bool const same = k > 0 && pairs[k].buyer == pairs[k - 1].buyer;
    rank = by_buyer && !same ? 1 : rank + 1;
    row << space.label(pairs[k].supplier) << space.label(pairs[k].buyer) << rank
        << pairs[k].strength << pairs[k].length;
  }
  return table;
}

}  // namespace linchpin
