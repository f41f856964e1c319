// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/disrupt_tables.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "linchpin/results/disrupt_detail_tables.h"
#include "linchpin/results/loss_measures.h"
#include "linchpin/results/row_writer.h"
#include "linchpin/results/run_range.h"

namespace linchpin {
namespace {

using disrupt::Path;

constexpr std::size_t most_sectors = 20;
constexpr char const* world_label = "WORLD";

std::optional<std::int64_t> day_of(std::optional<int> day) {
  return day ? std::optional<std::int64_t>{*day} : std::nullopt;
}

/// The last of the regions to recover; empty if one has not by the end.
std::optional<std::int64_t> world_recovery(Path const& path) {
  std::int64_t last = 0;
  for (auto const& day : path.region_recovery_day) {
    if (!day) return std::nullopt;
    last = std::max<std::int64_t>(last, *day);
  }
  return last;
}

ResultTable loss_by_region(Economy const& economy, std::span<DisruptAnswer const> answers) {
  auto const money = loss_unit(economy);
  ResultTable table{
      "loss_by_region",
      "Losses by region",
      "Summed over the days simulated, against the baseline of the same days. Final use counts "
      "what "
      "final users in the region receive, from home and abroad.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "Region, or WORLD for all of them."),
       number_column("output_loss_pct", "Output lost", "%", "Gross output lost.", no_baseline),
       number_column("value_added_loss_pct", "Value added lost", "%", "Value added lost.",
                     no_baseline),
       number_column("final_use_loss_pct", "Final use lost", "%", "Deliveries to final users lost.",
                     no_baseline),
       number_column("output_loss", "Output lost", money, "Gross output lost."),
       number_column("value_added_loss", "Value added lost", money, "Value added lost."),
       number_column("final_use_loss", "Final use lost", money, "Deliveries to final users lost."),
       integer_column(
           "recovery_day", "Recovered on day", "days",
           "First day from which output stays near baseline, 0 if it never left it; for the "
           "world, the day of the last region.",
           "not recovered by the last day simulated")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const& path = *answer.path;
    for (std::size_t r = 0; r < economy.space().regions(); ++r) {
      row << answer.scenario << economy.space().label(RegionId{r});
      for (auto const& each : loss_measures) row << loss_of(path, each, r);
      row << path.region_output_loss[r] << path.region_value_added_loss[r]
          << path.region_final_use_loss[r] << day_of(path.region_recovery_day[r]);
    }
    row << answer.scenario << std::string{world_label};
    for (auto const& each : loss_measures) row << loss_of(path, each, economy.space().regions());
    row << total(path.region_output_loss) << total(path.region_value_added_loss)
        << total(path.region_final_use_loss) << world_recovery(path);
  }
  return table;
}

ResultTable range_table(Economy const& economy, std::span<DisruptAnswer const> answers) {
  constexpr char const* never_supplied =
      "in every run some industry runs short, or the baseline is zero";
  ResultTable table{
      "range",
      "Range of the losses over model variants",
      "Lowest and highest over the variants run; not a confidence interval. The central path is "
      "reported as it is, also where it lies outside. Where some runs run short of inputs and "
      "others do not, low to high spans a threshold of the model: quote the range of the supplied "
      "runs, and say in how many runs shortages break out.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "Region, or WORLD for all of them."),
       text_column("measure", "Measure", "Column of loss_by_region."),
       number_column("central", "Central", "%", "Loss on the central path.", no_baseline),
       number_column("low", "Lowest", "%", "Lowest loss over the variants.", no_baseline),
       number_column("high", "Highest", "%", "Highest loss over the variants.", no_baseline),
       text_column("low_variant", "Variant of the lowest", "Name of the variant."),
       text_column("high_variant", "Variant of the highest", "Name of the variant."),
       number_column("low_supplied", "Lowest, supplied", "%",
                     "Lowest loss over the runs in which no industry runs short of an input.",
                     never_supplied),
       number_column("high_supplied", "Highest, supplied", "%",
                     "Highest loss over the runs in which no industry runs short of an input.",
                     never_supplied),
       integer_column("runs", "Runs", "", "Runs of the scenario in low and high."),
       integer_column("runs_supplied", "Runs, supplied", "",
                      "Those in which no industry runs short of an input.")}};
  RowWriter row(table);
  auto const regions = economy.space().regions();
  for (auto const& answer : answers) {
    if (answer.variants.empty()) continue;
    for (std::size_t r = 0; r <= regions; ++r) {
      for (auto const& measure : loss_measures) {
        auto const range = split_range(answer.variants,
                                       [&](Path const& path) { return loss_of(path, measure, r); });
        row << answer.scenario << (r < regions ? economy.space().label(RegionId{r}) : world_label)
            << std::string{measure.name} << loss_of(*answer.path, measure, r) << range.all.low
            << range.all.high << range.all.low_run << range.all.high_run << range.supplied.low
            << range.supplied.high << range.all.names.size() << range.supplied.names.size();
      }
    }
  }
  return table;
}

ResultTable loss_over_time(Economy const& economy, std::span<DisruptAnswer const> answers) {
  ResultTable table{
      "loss_over_time",
      "Output, value added and final use over time",
      "1 is the baseline.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "Region, or WORLD for all of them."),
       integer_column("day", "Day", "days", "Counted from 0."),
       number_column("output_relative", "Output", "share of baseline", "Gross output of the day.",
                     no_baseline),
       number_column("value_added_relative", "Value added", "share of baseline",
                     "Value added of the day.", no_baseline),
       number_column("final_use_relative", "Final use", "share of baseline",
                     "Deliveries of the day to final users in the region.", no_baseline)}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const& path = *answer.path;
    auto const days = static_cast<std::size_t>(path.days);
    for (std::size_t r = 0; r < economy.space().regions(); ++r) {
      auto const labels = [&] { row << answer.scenario << economy.space().label(RegionId{r}); };
      write_days(row, days, labels, [&](std::size_t t) {
        row << defined(path.region_output(r, t), path.region_output_baseline[r])
            << defined(path.region_value_added(r, t), path.region_value_added_baseline[r])
            << defined(path.region_final_use(r, t), path.region_final_use_baseline[r]);
      });
    }
    auto const output = world_over_time(path.region_output, path.region_output_baseline);
    auto const value_added =
        world_over_time(path.region_value_added, path.region_value_added_baseline);
    auto const final_use = world_over_time(path.region_final_use, path.region_final_use_baseline);
    auto const labels = [&] { row << answer.scenario << std::string{world_label}; };
    write_days(row, days, labels,
               [&](std::size_t t) { row << output[t] << value_added[t] << final_use[t]; });
  }
  return table;
}

/// Industries that lose output, the largest loss in money first; ties in the order of the table.
std::vector<std::size_t> hardest_hit(Path const& path) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < path.output_loss.size(); ++i) {
    if (path.output_loss[i] > 0) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return path.output_loss[a] > path.output_loss[b];
  });
  order.resize(std::min(order.size(), most_sectors));
  return order;
}

ResultTable sectors_hit(Economy const& economy, std::span<DisruptAnswer const> answers) {
  ResultTable table{
      "sectors_hit",
      "Industries that lose most",
      "The 20 industries with the largest loss of output in money over the days simulated.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       integer_column("rank", "Rank", "", "1: the largest loss."),
       text_column("industry", "Industry", "Industry as REGION:SECTOR."),
       number_column("output_loss_pct", "Output lost", "%", "Share of its baseline output."),
       number_column("output_loss", "Output lost", loss_unit(economy), "Gross output lost."),
       number_column("lowest_output_relative", "Lowest output", "share of baseline",
                     "Output of its worst day."),
       integer_column("lowest_day", "Worst day", "days", "First day with that output."),
       integer_column("first_shortage_day", "First shortage", "days",
                      "First day on which a lack of inputs held output down.",
                      "it never ran short of an input"),
       number_column("value_added_loss", "Value added lost", loss_unit(economy),
                     "Moves with output."),
       number_column("unmet_demand", "Unmet demand", loss_unit(economy), unmet_demand_words)}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const& path = *answer.path;
    std::size_t rank = 0;
    for (auto const i : hardest_hit(path)) {
      auto const shares = path.output_relative.row(i);
      auto const lowest = std::min_element(shares.begin(), shares.end());
      row << answer.scenario << ++rank << economy.space().label(IndustryId{i})
          << path.output_loss_pct[i] << path.output_loss[i] << *lowest
          << static_cast<std::size_t>(lowest - shares.begin()) << first_shortage(path, i)
          << path.value_added_loss[i] << path.unmet_demand[i];
    }
  }
  return table;
}

}  // namespace

std::vector<disrupt::Shortage> shortages_by_weight(IndustrySpace const& space,
                                                   disrupt::Path const& path) {
  auto shortages = path.shortages;
  auto const before = [&](disrupt::Shortage const& a, disrupt::Shortage const& b) {
    if (a.first_day != b.first_day) return a.first_day < b.first_day;
    double const loss_a = path.output_loss[a.industry.index()];
    double const loss_b = path.output_loss[b.industry.index()];
    if (loss_a != loss_b) return loss_a > loss_b;
    return space.label(a.industry) < space.label(b.industry);
  };
  std::stable_sort(shortages.begin(), shortages.end(), before);
  return shortages;
}

std::optional<std::int64_t> first_shortage(Path const& path, std::size_t industry) {
  auto const found =
      std::find_if(path.shortages.begin(), path.shortages.end(),
                   [&](auto const& each) { return each.industry.index() == industry; });
  if (found == path.shortages.end()) return std::nullopt;
  return found->first_day;
}

std::string loss_unit(Economy const& economy) { return to_string(economy.info().unit); }

DenseVector world_over_time(DenseMatrix const& shares, DenseVector const& baseline) {
  DenseVector result(shares.columns(), 1.0);
  double const whole = total(baseline);
  if (whole <= 0) return result;
  for (std::size_t t = 0; t < shares.columns(); ++t) {
    double sum = 0;
    for (std::size_t r = 0; r < shares.rows(); ++r) sum += baseline[r] * shares(r, t);
    result[t] = sum / whole;
  }
  return result;
}

std::vector<ResultTable> disrupt_tables(Economy const& economy,
                                        std::span<DisruptAnswer const> answers) {
  std::vector<ResultTable> tables;
  tables.push_back(loss_by_region(economy, answers));
  bool const varied = std::any_of(answers.begin(), answers.end(),
                                  [](auto const& each) { return !each.variants.empty(); });
  if (varied) tables.push_back(range_table(economy, answers));
  tables.push_back(loss_over_time(economy, answers));
  tables.push_back(sectors_hit(economy, answers));
  for (auto& table : disrupt_detail_tables(economy, answers)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace linchpin
