// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/table_repair_json.h"

#include "linchpin/core/quantities.h"

namespace linchpin {
namespace {

Json moved_to_json(MovedCell const& cell) {
  return {{"seller", cell.seller},
          {"buyer", cell.buyer},
          {"before", cell.before},
          {"after", cell.after}};
}

Json cell_to_json(CellDiff const& cell) {
  return {{"seller", cell.seller}, {"buyer", cell.buyer}, {"a", cell.a}, {"b", cell.b}};
}

template <class Items, class F>
Json list(Items const& items, F const& convert) {
  Json result = Json::array();
  for (auto const& each : items) result.push_back(convert(each));
  return result;
}

}  // namespace

Json table_balance_to_json(BalancedTable const& balanced, std::string const& output) {
  auto const& report = balanced.report;
  Json result;
  result["schema"] = json_schema("linchpin.table-balance");
  result["output"] = output;
  result["unit"] = to_string(balanced.table.info.unit);
  result["method"] = to_string(report.method);
  result["iterations"] = report.iterations;
  result["residual"] = report.residual;
  result["total_gap"] = report.total_gap;
  result["seed_pull"] = report.seed_pull;
  result["emptied_cells"] = report.emptied_cells;
  result["total_absolute_change"] = report.total_absolute_change;
  result["total_size"] = report.total_size;
  auto const& largest = report.largest_relative_change;
  result["largest_relative_change"] = largest.seller.empty() ? Json{} : moved_to_json(largest);
  result["worst"] = list(report.worst, moved_to_json);
  result["relaxed"] = list(report.relaxed, [](RelaxedTarget const& each) {
    return Json{
        {"name", each.name}, {"target", each.target}, {"sigma", each.sigma}, {"value", each.value}};
  });
  return result;
}

Json table_diff_to_json(TableDiff const& diff) {
  Json result;
  result["schema"] = json_schema("linchpin.table-diff");
  result["same"] = diff.same;
  result["remarks"] = diff.remarks;
  result["labels"] = list(diff.labels, [](LabelDiff const& each) {
    return Json{{"kind", each.kind},
                {"common", each.common},
                {"only_in_a", each.only_in_a},
                {"only_in_b", each.only_in_b},
                {"reordered", each.reordered}};
  });
  result["totals"] = list(diff.totals, [](TotalDiff const& each) {
    Json entry;
    entry["region"] = each.label.empty() ? Json{} : Json(each.label);
    entry["what"] = each.what;
    entry["a"] = each.a;
    entry["b"] = each.b;
    return entry;
  });
  Json cells;
  cells["compared"] = diff.cells_compared;
  cells["different"] = diff.cells_different;
  cells["total_absolute_difference"] = diff.total_absolute_difference;
  cells["total_size_a"] = diff.total_size_a;
  cells["worst"] = list(diff.worst, cell_to_json);
  cells["worst_relative"] = list(diff.worst_relative, cell_to_json);
  result["cells"] = std::move(cells);
  Json multipliers;
  multipliers["compared"] = diff.multipliers_compared;
  multipliers["mean_change"] = diff.mean_multiplier_change;
  multipliers["worst"] = list(diff.multipliers, [](MultiplierDiff const& each) {
    return Json{{"industry", each.industry}, {"a", each.a}, {"b", each.b}};
  });
  result["multipliers"] = std::move(multipliers);
  return result;
}

}  // namespace linchpin
