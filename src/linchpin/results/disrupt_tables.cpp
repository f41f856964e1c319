// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/disrupt_tables.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "linchpin/results/disrupt_detail_tables.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

using disrupt::Path;

constexpr std::size_t most_sectors = 20;
constexpr char const* world_label = "WORLD";
constexpr char const* no_baseline = "the baseline is zero";

std::optional<double> defined(double value, double baseline) {
  return baseline > 0 ? std::optional<double>{value} : std::nullopt;
}
std::optional<std::int64_t> day_of(std::optional<int> day) {
  return day ? std::optional<std::int64_t>{*day} : std::nullopt;
}

double total(DenseVector const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
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

/// One of the three measured losses of regions, with its baseline.
struct Measure {
  char const* name;
  DenseVector const Path::* loss_pct;
  double Path::* world_loss_pct;
  DenseVector const Path::* baseline;
};

constexpr Measure measures[] = {
    {"output_loss_pct", &Path::region_output_loss_pct, &Path::world_output_loss_pct,
     &Path::region_output_baseline},
    {"value_added_loss_pct", &Path::region_value_added_loss_pct, &Path::world_value_added_loss_pct,
     &Path::region_value_added_baseline},
    {"final_use_loss_pct", &Path::region_final_use_loss_pct, &Path::world_final_use_loss_pct,
     &Path::region_final_use_baseline}};

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
      for (auto const& each : measures)
        row << defined((path.*each.loss_pct)[r], (path.*each.baseline)[r]);
      row << path.region_output_loss[r] << path.region_value_added_loss[r]
          << path.region_final_use_loss[r] << day_of(path.region_recovery_day[r]);
    }
    row << answer.scenario << std::string{world_label};
    for (auto const& each : measures)
      row << defined(path.*each.world_loss_pct, total(path.*each.baseline));
    row << total(path.region_output_loss) << total(path.region_value_added_loss)
        << total(path.region_final_use_loss) << world_recovery(path);
  }
  return table;
}

/// Region r of `path`, or the world where r is the number of regions.
std::optional<double> loss_of(Path const& path, Measure const& measure, std::size_t r) {
  if (r < (path.*measure.loss_pct).size()) {
    return defined((path.*measure.loss_pct)[r], (path.*measure.baseline)[r]);
  }
  return defined(path.*measure.world_loss_pct, total(path.*measure.baseline));
}

ResultTable range_table(Economy const& economy, std::span<DisruptAnswer const> answers) {
  ResultTable table{
      "range",
      "Range of the losses over model variants",
      "Lowest and highest over the variants run; not a confidence interval. The central path is "
      "reported as it is, also where it lies outside.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "Region, or WORLD for all of them."),
       text_column("measure", "Measure", "Column of loss_by_region."),
       number_column("central", "Central", "%", "Loss on the central path.", no_baseline),
       number_column("low", "Lowest", "%", "Lowest loss over the variants.", no_baseline),
       number_column("high", "Highest", "%", "Highest loss over the variants.", no_baseline),
       text_column("low_variant", "Variant of the lowest", "Name of the variant."),
       text_column("high_variant", "Variant of the highest", "Name of the variant.")}};
  RowWriter row(table);
  auto const regions = economy.space().regions();
  for (auto const& answer : answers) {
    if (answer.variants.empty()) continue;
    for (std::size_t r = 0; r <= regions; ++r) {
      for (auto const& measure : measures) {
        auto const by_loss = [&](PathVariant const& a, PathVariant const& b) {
          return loss_of(*a.path, measure, r) < loss_of(*b.path, measure, r);
        };
        auto const [low, high] =
            std::minmax_element(answer.variants.begin(), answer.variants.end(), by_loss);
        row << answer.scenario << (r < regions ? economy.space().label(RegionId{r}) : world_label)
            << std::string{measure.name} << loss_of(*answer.path, measure, r)
            << loss_of(*low->path, measure, r) << loss_of(*high->path, measure, r) << low->name
            << high->name;
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
      for (std::size_t t = 0; t < days; ++t) {
        row << answer.scenario << economy.space().label(RegionId{r}) << t
            << defined(path.region_output(r, t), path.region_output_baseline[r])
            << defined(path.region_value_added(r, t), path.region_value_added_baseline[r])
            << defined(path.region_final_use(r, t), path.region_final_use_baseline[r]);
      }
    }
    auto const output = world_over_time(path.region_output, path.region_output_baseline);
    auto const value_added =
        world_over_time(path.region_value_added, path.region_value_added_baseline);
    auto const final_use = world_over_time(path.region_final_use, path.region_final_use_baseline);
    for (std::size_t t = 0; t < days; ++t) {
      row << answer.scenario << std::string{world_label} << t << output[t] << value_added[t]
          << final_use[t];
    }
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
                      "it never ran short of an input")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const& path = *answer.path;
    std::size_t rank = 0;
    for (auto const i : hardest_hit(path)) {
      auto const shares = path.output_relative.row(i);
      auto const lowest = std::min_element(shares.begin(), shares.end());
      auto const shortage =
          std::find_if(path.shortages.begin(), path.shortages.end(),
                       [&](auto const& each) { return each.industry.index() == i; });
      row << answer.scenario << ++rank << economy.space().label(IndustryId{i})
          << path.output_loss_pct[i] << path.output_loss[i] << *lowest
          << static_cast<std::size_t>(lowest - shares.begin())
          << (shortage == path.shortages.end() ? std::nullopt
                                               : std::optional<std::int64_t>{shortage->first_day});
    }
  }
  return table;
}

}  // namespace

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
