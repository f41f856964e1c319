// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/transshipment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace linchpin::equilibrium {
namespace {

Result<void> check(std::span<Flows const> years, std::size_t sector, std::size_t origin,
                   std::size_t destination, TransshipmentOptions const& options) {
  ErrorList errors;
  if (years.size() < 2 || options.last_before + 1 >= years.size()) {
    errors.add(ErrorCode::missing_value,
               fmt::format("{} years, none behind number {}", years.size(), options.last_before),
               "years", "give the year before the shock and at least one after it");
    return fail(errors.joined());
  }
  auto const& first = years.front();
  for (std::size_t t = 0; t < years.size(); ++t) {
    auto const& year = years[t];
    auto const where = fmt::format("year {}", year.year);
    if (year.regions != first.regions || year.sectors != first.sectors ||
        year.trade.size() != year.sectors * year.regions * year.regions) {
      errors.add(ErrorCode::size_mismatch, "its regions or sectors differ from the first year's",
                 where, "give years of the same labels");
      continue;
    }
    if (t > 0 && year.year <= years[t - 1].year) {
      errors.add(ErrorCode::bad_value, "the years are not in order", where, "sort them");
    }
    auto const wrong = std::find_if_not(year.trade.begin(), year.trade.end(), [](double flow) {
      return std::isfinite(flow) && flow >= 0;
    });
    if (wrong != year.trade.end()) {
      errors.add(ErrorCode::bad_value, fmt::format("a flow is {:.6g}", *wrong), where,
                 "flows are finite and not negative");
    }
  }
  if (sector >= first.sectors || origin >= first.regions || destination >= first.regions) {
    errors.add(ErrorCode::unknown_label, "the query names no sector or region here", "query",
               "use places of the flows");
  } else if (origin == destination) {
    errors.add(ErrorCode::bad_value, "origin and destination are the same region", "query",
               "name two regions");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// What each region imports from all but the origin and exports to all but the destination.
struct Overall {
  std::vector<double> imports, exports;
  std::vector<char> trades;  ///< anything at all
};

Overall overall_of(Flows const& year, std::size_t origin, std::size_t destination) {
  Overall all;
  all.imports.assign(year.regions, 0.0);
  all.exports.assign(year.regions, 0.0);
  all.trades.assign(year.regions, 0);
  for (std::size_t j = 0; j < year.sectors; ++j) {
    for (std::size_t n = 0; n < year.regions; ++n) {
      for (std::size_t i = 0; i < year.regions; ++i) {
        auto const flow = year.at(j, n, i);
        if (i == n || flow <= 0) continue;
        all.trades[n] = all.trades[i] = 1;
        if (i != origin) all.imports[n] += flow;
        if (n != destination) all.exports[i] += flow;
      }
    }
  }
  return all;
}

double growth(double now, double before) noexcept { return before > 0 ? now / before : 1.0; }

/// One lag of one country; empty where no year is left.
std::optional<TransshipmentCandidate> at_lag(std::vector<double> const& imports,
                                             std::vector<double> const& exports, std::size_t lag) {
  if (lag >= imports.size()) return std::nullopt;
  TransshipmentCandidate found;
  found.lag = lag;
  for (std::size_t t = lag; t < imports.size(); ++t) {
    auto const both = std::min(imports[t - lag], exports[t]);
    found.score += std::max(0.0, both);
    found.persistence += both > 0 ? 1 : 0;
    found.imports_rise += imports[t - lag];
    found.exports_rise += exports[t];
  }
  auto const count = static_cast<double>(imports.size() - lag);
  found.score /= count;
  found.persistence /= count;
  found.imports_rise /= count;
  found.exports_rise /= count;
  return found;
}

TransshipmentFindings search(std::span<Flows const> years, std::vector<Overall> const& overall,
                             TransshipmentQuery const& query, TransshipmentOptions const& options) {
  auto const [j, origin, destination] = query;
  auto const b = options.last_before;
  auto const& before = years[b];
  auto const later = years.size() - b - 1;
  TransshipmentFindings findings;
  findings.direct_before = before.at(j, destination, origin);
  for (std::size_t t = b + 1; t < years.size(); ++t) {
    findings.direct_after += years[t].at(j, destination, origin);
    findings.direct_expected += findings.direct_before * growth(overall[t].imports[destination],
                                                                overall[b].imports[destination]);
  }
  findings.direct_after /= static_cast<double>(later);
  findings.direct_expected /= static_cast<double>(later);
  findings.direct_fall = findings.direct_expected - findings.direct_after;

  std::vector<double> imports(later), exports(later);
  for (std::size_t k = 0; k < before.regions; ++k) {
    if (k == origin || k == destination) continue;
    auto present = overall[b].trades[k] != 0;
    for (std::size_t t = 0; t < later; ++t) {
      auto const& year = years[b + 1 + t];
      auto const& all = overall[b + 1 + t];
      present = present && all.trades[k] != 0;
      imports[t] = year.at(j, k, origin) -
                   before.at(j, k, origin) * growth(all.imports[k], overall[b].imports[k]);
      exports[t] = year.at(j, destination, k) -
                   before.at(j, destination, k) * growth(all.exports[k], overall[b].exports[k]);
    }
    if (!present) {
      findings.absent.push_back(k);
      continue;
    }
    TransshipmentCandidate best;
    for (std::size_t lag = 0; lag <= options.longest_lag; ++lag) {
      auto const found = at_lag(imports, exports, lag);
      if (found && found->score > best.score) best = *found;
    }
    if (best.score <= 0) continue;
    best.via = k;
    if (findings.direct_fall > 0) best.share_of_fall = best.score / findings.direct_fall;
    findings.candidates.push_back(best);
  }
  std::stable_sort(findings.candidates.begin(), findings.candidates.end(),
                   [](auto const& a, auto const& other) { return a.score > other.score; });
  return findings;
}

std::vector<Overall> overall_of(std::span<Flows const> years, std::size_t origin,
                                std::size_t destination) {
  std::vector<Overall> overall;
  overall.reserve(years.size());
  for (auto const& year : years) overall.push_back(overall_of(year, origin, destination));
  return overall;
}

}  // namespace

Result<TransshipmentFindings> find_transshipment(std::span<Flows const> years,
                                                 TransshipmentQuery const& query,
                                                 TransshipmentOptions const& options) {
  if (auto const checked = check(years, query.sector, query.origin, query.destination, options);
      !checked) {
    return fail(checked.error());
  }
  return search(years, overall_of(years, query.origin, query.destination), query, options);
}

Result<std::vector<TransshipmentFindings>> find_transshipment_by_sector(
    std::span<Flows const> years, std::size_t origin, std::size_t destination,
    TransshipmentOptions const& options) {
  if (auto const checked = check(years, 0, origin, destination, options); !checked) {
    return fail(checked.error());
  }
  auto const overall = overall_of(years, origin, destination);
  std::vector<TransshipmentFindings> all;
  for (std::size_t j = 0; j < years.front().sectors; ++j) {
    all.push_back(search(years, overall, {j, origin, destination}, options));
  }
  return all;
}

}  // namespace linchpin::equilibrium
