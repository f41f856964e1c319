// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "linchpin/localize/productivity.h"
#include "linchpin/study/autonomy_compute.h"
#include "linchpin/study/autonomy_rows.h"
#include "linchpin/study/compute_question.h"

namespace linchpin::study {
namespace {

constexpr char const* no_compute = "there is no computing power to compare";

ResultColumn year_column() { return integer_column("year", "Year", "", "Calendar year."); }

void add_quantiles(ResultTable& table, char const* name, char const* title, char const* unit,
                   char const* undefined = "") {
  for (auto const* quantile : {"05", "50", "95"}) {
    table.columns.push_back(number_column(fmt::format("{}_p{}", name, quantile),
                                          fmt::format("{}, {} % quantile", title, quantile), unit,
                                          "", undefined));
  }
}

void write(RowWriter& row, localize::Quantiles const& each) {
  row << each.p05 << each.p50 << each.p95;
}

void write(RowWriter& row, std::optional<localize::Quantiles> const& each) {
  if (each) return write(row, *each);
  row << std::optional<double>{} << std::optional<double>{} << std::optional<double>{};
}

/// "legal imports".
std::string source_words(localize::ComputeSource source) {
  std::string words = to_string(source);
  for (auto& c : words) c = c == '_' ? ' ' : c;
  return words;
}

ResultTable compute_table(std::span<AutonomyAnswer const> answers, AutonomyStudy const& study) {
  auto table =
      autonomy_table("compute", "Computing power",
                     "Effective computing power by where it comes from, over the ranges of all "
                     "numbers; from the shipped numbers of computing power, not from the paths.");
  table.columns.push_back(integer_column("year", "Year", "", "First year of the study."));
  table.columns.push_back(text_column("source", "From (code)", "domestic … rented, or all."));
  table.columns.push_back(text_column("source_title", "From", "In words."));
  add_quantiles(table, "effective_compute", "Effective compute", "FLOP/s");
  table.columns.push_back(text_column(
      "binding", "Bottleneck", "What limits chips made at home, central numbers; theirs alone."));
  add_quantiles(table, "gap_months", "Behind the frontier", "months",
                "of all together, not of one source");
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.compute) continue;
    auto const& found = *answer.compute;
    auto const add = [&](std::string const& source, std::string const& title,
                         localize::Quantiles const& each, char const* binding,
                         std::optional<localize::Quantiles> const& gap) {
      begin_row(row, answer) << study.first_year << source << title;
      write(row, each);
      row << std::string{binding};
      write(row, gap);
    };
    auto const add_source = [&](localize::ComputeSource source, char const* binding) {
      add(to_string(source), source_words(source),
          found.by_source[static_cast<std::size_t>(source)], binding, std::nullopt);
    };
    add_source(localize::ComputeSource::domestic, to_string(found.binding));
    for (auto const source : localize::all_sources) {
      if (source != localize::ComputeSource::domestic) add_source(source, "");
    }
    add("all", "all", found.total, "", found.gap_months);
  }
  return table;
}

ResultTable limit_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("compute_limits", "What limits chips made at home",
                     "Shadow values: effective computing power that one more unit would bring.");
  table.columns.push_back(text_column("constraint", "Limit", ""));
  table.columns.push_back(
      number_column("binds_pct", "Binds", "%", "Share of draws in which it is the bottleneck."));
  add_quantiles(table, "shadow_value", "Shadow value", "FLOP/s per wafer, stack, package or MW");
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.compute) continue;
    for (std::size_t k = 0; k < localize::all_constraints.size(); ++k) {
      begin_row(row, answer) << std::string{to_string(localize::all_constraints[k])}
                             << 100 * answer.compute->binding_probability[k];
      write(row, answer.compute->shadow_values[k]);
    }
  }
  return table;
}

ResultTable threshold_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "compute_thresholds", "Accelerators and limits of export rules",
      "Total processing performance (operations per second in tera x bits, dense) and performance "
      "density against ECCN 3A090.a: TPP of 4800, or 1600 with a density of 5.92. 3A090.b is not "
      "tested. No legal advice.");
  table.columns.push_back(text_column("accelerator", "Accelerator", "As its maker calls it."));
  table.columns.push_back(text_column("maker", "Maker", ""));
  table.columns.push_back(text_column("released", "Released", "Day."));
  char const* unsaid = "the source does not say";
  table.columns.push_back(number_column("tpp", "TPP", "", "", unsaid));
  table.columns.push_back(
      number_column("performance_density", "Performance density", "per mm2", "", unsaid));
  table.columns.push_back(text_column("limit_met", "Limit met",
                                      "performance, density, none; unknown without the area."));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& chip : answer.accelerators) {
      begin_row(row, answer) << chip.name << chip.maker << chip.released << chip.tpp
                             << density_of(chip) << std::string{limit_met(chip)};
    }
  }
  return table;
}

ResultTable system_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("scale_up", "More and hungrier chips in one system",
                     "CloudMatrix 384 against GB200 NVL72: what scale-up trades for what.");
  table.columns.push_back(text_column("quantity", "Quantity", ""));
  char const* unsaid = "nobody published it";
  table.columns.push_back(number_column("published", "Published", "ratio", "", unsaid));
  table.columns.push_back(number_column("ratio", "Computed", "ratio", "At central numbers."));
  table.columns.push_back(number_column("ratio_p05", "Low", "ratio", "5 % quantile."));
  table.columns.push_back(number_column("ratio_p95", "High", "ratio", "95 % quantile."));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& line : answer.scale_up) {
      begin_row(row, answer) << line.quantity << line.observed << line.model << line.band.p05
                             << line.band.p95;
    }
  }
  return table;
}

ResultTable years_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "compute_years", "Computing power along the path",
      "What makers at home make and what is bought abroad on the central path feeds the numbers of "
      "computing power: chips are what is ordered on the path, as far as wafers, memory, packaging "
      "and power, which grow by themselves, allow. Counts of imported and smuggled chips are those "
      "of a year. The market grows as one on both sides: demand of the path times what the "
      "frontier's compute grows beyond demand and performance of the path. Quantiles over those "
      "numbers, not over the path. Behind: months since the frontier had as much.");
  table.columns.push_back(text_column("path", "Path", "programme or none."));
  table.columns.push_back(year_column());
  table.columns.push_back(text_column(
      "binding", "Bottleneck", "At central numbers; orders: means would allow more than is made."));
  for (auto const* name : {"wafers", "memory", "packaging", "power", "orders"}) {
    table.columns.push_back(number_column(fmt::format("binds_{}_pct", name),
                                          fmt::format("{} bind", name), "%", "Share of draws."));
  }
  table.columns.push_back(number_column("made_of_ordered_pct", "Of what is ordered", "%",
                                        "Chips made, at central numbers."));
  table.columns.push_back(number_column("market", "Market beyond the path", "first year = 1",
                                        "Demand over what the path's own growth of demand makes "
                                        "it, at central numbers."));
  add_quantiles(table, "chips", "Chips made at home", "per year");
  add_quantiles(table, "effective_compute", "Effective compute in use", "FLOP/s");
  table.columns.push_back(
      number_column("domestic_pct", "Of it made at home", "%", "Median over median of all."));
  add_quantiles(table, "gap_months", "Behind the frontier", "months", no_compute);
  RowWriter row(table);
  constexpr auto home = static_cast<std::size_t>(localize::ComputeSource::domestic);
  for (auto const& answer : answers) {
    for (auto const& [path, years] : answer.compute_paths) {
      for (auto const& year : years) {
        begin_row(row, answer) << std::string{path} << year.year
                               << std::string{year.binding ? to_string(*year.binding) : "orders"};
        for (double const share : year.binding_probability) row << 100 * share;
        row << 100 * year.made_of_ordered << year.market;
        write(row, year.chips);
        write(row, year.compute);
        row << (year.compute.p50 > 0 ? 100 * year.by_source[home].p50 / year.compute.p50 : 0.0);
        write(row, year.gap_months);
      }
    }
  }
  return table;
}

using Path = std::pair<char const*, std::vector<localize::PathYear> const*>;

std::array<Path, 2> paths_of(AutonomyAnswer const& answer) {
  return {Path{"programme", &answer.central.with}, Path{"none", &answer.central.without}};
}

ResultTable diffusion_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "diffusion", "What it does for other sectors",
      "Central paths: the stock in use, the share of firms that use it, and the gain in "
      "productivity of a sector that can have all of it. The stock counts purchases over their "
      "life at the quality of the first year: no progress of the frontier, which both paths share, "
      "and no bottleneck, smuggled or rented chips, which computing power along the path counts.");
  table.columns.push_back(text_column("path", "Path", "programme or none."));
  table.columns.push_back(year_column());
  for (auto const& [name, title, unit] : std::initializer_list<std::array<char const*, 3>>{
           {"stock", "Stock in use", "first year = 1"},
           {"adoption_pct", "Firms that use it", "%"},
           {"gain_pct", "Gain of an exposed sector", "%"}}) {
    table.columns.push_back(number_column(name, title, unit, ""));
  }
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.diffusion) continue;
    for (auto const& [name, path] : paths_of(answer)) {
      for (auto const& year : *path) {
        begin_row(row, answer) << std::string{name} << year.year << year.compute_stock
                               << 100 * year.compute_adoption << 100 * year.compute_gain;
      }
    }
  }
  return table;
}

ResultTable diffusion_sectors(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "diffusion_sectors", "What it does for each sector",
      "Productivity of sectors at home and their output in the last year, central paths.");
  table.columns.push_back(year_column());
  table.columns.push_back(text_column("sector", "Sector (code)", ""));
  table.columns.push_back(text_column("sector_name", "Sector", ""));
  for (auto const& [name, title, unit] : std::initializer_list<std::array<char const*, 3>>{
           {"exposure", "Exposure", "share of the gain"},
           {"productivity_pct", "Productivity", "% since the first year"},
           {"productivity_without_pct", "Productivity without programme", "% since the first year"},
           {"output_by_programme_pct", "Output", "% by the programme"}}) {
    table.columns.push_back(number_column(name, title, unit, ""));
  }
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.diffusion) continue;
    auto const& use = *answer.diffusion;
    auto const gains = [&](localize::PathYear const& year) {
      localize::ComputeState state;
      state.gain = year.compute_gain;
      return localize::sector_productivity(use, state);
    };
    auto const& with = answer.central.with.back();
    auto const& without = answer.central.without.back();
    auto const own = gains(with);
    auto const others = gains(without);
    for (std::size_t j = 0; j < own.size() && j < answer.home_output.size(); ++j) {
      begin_row(row, answer) << with.year << answer.sectors[j] << answer.sector_names[j]
                             << use.exposure[j] << 100 * (own[j] - 1) << 100 * (others[j] - 1)
                             << 100 * answer.home_output[j];
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> autonomy_compute_tables(std::span<AutonomyAnswer const> answers,
                                                 AutonomyStudy const& study) {
  std::vector<ResultTable> tables;
  for (auto table : {compute_table(answers, study), limit_table(answers), threshold_table(answers),
                     system_table(answers), years_table(answers), diffusion_table(answers),
                     diffusion_sectors(answers)}) {
    if (table.rows() > 0) tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace linchpin::study
