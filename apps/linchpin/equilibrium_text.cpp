// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "apps/linchpin/equilibrium_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/study/trade_words.h"

namespace linchpin::app {
namespace {

std::string percent(double value) { return fmt::format("{:+.3f} %", value); }
std::string percent(std::optional<double> value) { return value ? percent(*value) : "-"; }

/// The [5 %, 95 %] of a region over the draws; empty without draws.
std::string band_of(EquilibriumAnswer const& answer, std::string const& region) {
  if (!answer.bands) return "";
  for (auto const& each : answer.bands->bands) {
    if (each.region != region) continue;
    return answer.bands->has_quantiles
               ? fmt::format("[{:+.3f}, {:+.3f}]", each.p05, each.p95)
               : fmt::format("{:+.3f} +- {:.3f}", each.mean, each.standard_deviation);
  }
  return "";
}

void print_regions(EquilibriumAnswer const& answer) {
  std::vector<RegionEffect const*> order;
  for (auto const& each : answer.regions) {
    if (each.outlier.empty()) order.push_back(&each);
  }
  std::stable_sort(order.begin(), order.end(), [](auto const* a, auto const* b) {
    return a->outcome.welfare_exact < b->outcome.welfare_exact;
  });
  std::vector<std::string> header{"change against the base", "welfare (exact)"};
  if (answer.bands) header.emplace_back("over draws");
  for (char const* title : {"real wage", "prices", "imports", "first order", "terms", "volume"}) {
    header.emplace_back(title);
  }
  std::vector<std::vector<std::string>> rows;
  auto const add = [&](std::string const& name, std::string const& region,
                       std::optional<double> welfare) {
    std::vector<std::string> row{name, welfare ? percent(*welfare) : "not defined"};
    if (answer.bands) row.push_back(band_of(answer, region));
    return row;
  };
  for (auto const* each : order) {
    auto const& found = each->outcome;
    auto const name = each->name == each->region ? each->region : each->region + "  " + each->name;
    auto row = add(shortened(name, 34), each->region, found.welfare_exact);
    row.push_back(answer.setting.has_wage ? percent(found.real_wage) : "-");
    row.push_back(percent(found.consumer_prices));
    row.push_back(percent(each->imports_change_pct));
    row.push_back(percent(found.welfare_first_order));
    row.push_back(percent(found.terms_of_trade));
    row.push_back(percent(found.volume_of_trade));
    rows.push_back(std::move(row));
  }
  auto world = add("WORLD", "WORLD", answer.world_welfare_pct);
  world.resize(header.size());
  rows.push_back(std::move(world));
  print(text_table(header, rows));
}

/// The parts of welfare along the path of the policy, largest change first; outliers left out.
void print_parts(EquilibriumAnswer const& answer) {
  using equilibrium::WelfareParts;
  std::vector<RegionEffect const*> order;
  for (auto const& each : answer.regions) {
    if (each.outlier.empty() && each.parts) order.push_back(&each);
  }
  std::stable_sort(order.begin(), order.end(), [](auto const* a, auto const* b) {
    return std::abs(a->parts->total) > std::abs(b->parts->total);
  });
  std::vector<std::pair<char const*, double WelfareParts::*>> const columns{
      {"terms", &WelfareParts::terms_of_trade},
      {"volume", &WelfareParts::volume_of_trade},
      {"trade costs", &WelfareParts::trade_costs},
      {"technology", &WelfareParts::technology},
      {"variety", &WelfareParts::variety},
      {"subsidies", &WelfareParts::subsidies},
      {"work", &WelfareParts::employment},
      {"transfers", &WelfareParts::transfers},
      {"rest", &WelfareParts::rest},
      {"total (log)", &WelfareParts::total}};
  std::vector<std::string> header{"parts of welfare"};
  for (auto const& [title, member] : columns) header.emplace_back(title);
  std::vector<std::vector<std::string>> rows;
  for (auto const* each : order) {
    std::vector<std::string> row{each->region};
    for (auto const& [title, member] : columns) {
      row.push_back(fmt::format("{:+.3f}", (*each->parts).*member));
    }
    rows.push_back(std::move(row));
  }
  print_line();
  print(text_table(header, rows));
  print(
      wrap(dim(fmt::format("Parts of 100 times the log of welfare, summed over {} steps in which "
                           "the policy grows from nothing.",
                           answer.parts_steps))));
}

void print_gradient(WelfareGradient const& gradient) {
  constexpr std::size_t most = 10;
  auto const show = [&](char const* title, std::vector<WelfareDerivative> const& list) {
    std::vector<std::vector<std::string>> rows;
    for (auto const& each : list) {
      if (rows.size() == most) break;
      auto const place = each.importer.empty()
                             ? each.exporter + ":" + each.sector
                             : each.exporter + ">" + each.importer + ":" + each.sector;
      rows.push_back({place, fmt::format("{:+.5f}", each.value)});
    }
    print(text_table({title, "%"}, rows));
  };
  print_line();
  print_line(
      bold(fmt::format("What {}'s welfare reacts to most, at the solution", gradient.region)));
  show("trade costs 1 % higher", gradient.trade_cost);
  show("one plus the tariff 1 % higher", gradient.tariff);
  show("productivity 1 % higher", gradient.productivity);
}

void print_bands(EquilibriumBands const& bands) {
  print_line(bands.assumed ? "Taken to be uncertain, because the scenario does not say (ranges are "
                             "assumptions):"
                           : "Uncertain:");
  for (auto const& each : bands.parameters) {
    print_line(fmt::format("  {}: {} from {:g} to {:g}", each.name, each.distribution, each.low,
                           each.high));
  }
  print_line(fmt::format("{} of {} draws failed.",
                         bands.failed == 0 ? "None" : fmt::to_string(bands.failed), bands.draws));
}

}  // namespace

void print_equilibrium(EquilibriumAnswer const& answer) {
  for (auto const& policy : answer.policies) print(wrap("Policy: " + policy));
  for (auto const& sentence : study::trade_sentences(answer)) print(wrap(sentence));
  if (answer.lost_words.empty()) {
    print_line();
    print_regions(answer);
    print(wrap(
        dim("Welfare (exact) is final spending over its prices. First order is another measure "
            "(weights of the base, changes in per cent): terms of trade plus volume of trade, "
            "without what bans and trade costs themselves cost. "
            "Imports: from " +
            answer.setting.imports + ".")));
    if (answer.parts_steps > 0) print_parts(answer);
    for (auto const& note : answer.notes) print(wrap("note: " + note));
  } else {
    for (auto const& good : answer.lost) print_line("  lost: " + good);
  }
  if (answer.bands) print_bands(*answer.bands);
  if (answer.gradient) print_gradient(*answer.gradient);
  for (auto const& warning : answer.warnings) print(wrap("warning: " + warning));
  print(wrap(dim(study::trade_setting_words(answer.setting))));
  if (answer.lost_words.empty()) {
    print_line(dim(fmt::format("Solved in {} steps; excess demand at most {:.1e} of an income.",
                               answer.solver.iterations, answer.solver.residual)));
  }
}

}  // namespace linchpin::app
