// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/mapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/parameters/sector_codes.h"

namespace linchpin::parameters {
namespace {

constexpr std::size_t divisions = 100;

/// What one row says where, for one sector or division: null if no row does.
using Says = Row const*;

/// The rows in force for one parameter, by division and by label.
struct InForce {
  std::vector<Says> by_division = std::vector<Says>(divisions, nullptr);
  std::vector<Says> by_sector;
};

/// What a sector gets: the mean over its divisions, or its own row.
struct Found {
  double sum = 0, low = 0, high = 0;
  std::size_t count = 0;
  bool assumed = false;

  void add(Row const& row) {
    sum += *row.value;
    low += row.low.value_or(*row.value);
    high += row.high.value_or(*row.value);
    ++count;
    assumed = assumed || row.status == Status::assumption;
  }
};

/// The rows of one parameter in force after all files.
InForce rows_in_force(Parameter parameter, std::span<ParameterFile const> files,
                      std::span<SectorLabel const> sectors, bool& any) {
  InForce in_force;
  in_force.by_sector.assign(sectors.size(), nullptr);
  auto const of_sector = divisions_of_sectors(sectors);
  for (auto const& file : files) {
    std::vector<bool> own(sectors.size(), false);
    for (auto const& row : file.rows) {
      if (row.parameter != parameter || !row.value) continue;
      any = true;
      auto const covered = divisions_of(row.product);
      for (std::size_t d = 0; d < divisions; ++d) {
        if (covered.test(d)) in_force.by_division[d] = &row;
      }
      for (std::size_t s = 0; s < sectors.size(); ++s) {
        if (sectors[s].label == row.product) {
          in_force.by_sector[s] = &row;
          own[s] = true;
        } else if (own[s]) {
          continue;  // a label wins over divisions of the same file
        } else if ((of_sector[s] & covered).any()) {
          in_force.by_sector[s] = nullptr;  // divisions of a later file over an earlier label
        } else if (row.product == "*") {
          in_force.by_sector[s] = &row;  // a label that is no code
        }
      }
    }
  }
  return in_force;
}

SectorParameters::Numbers numbers_of(Parameter parameter, std::span<ParameterFile const> files,
                                     std::span<SectorLabel const> sectors,
                                     SectorParameters& result) {
  auto const mapped = map_numbers(parameter, files, sectors);
  SectorParameters::Numbers numbers(mapped.size());
  std::vector<std::string> missing;
  for (std::size_t s = 0; s < mapped.size(); ++s) {
    if (!mapped[s].value) {
      missing.push_back(sectors[s].label);
      continue;
    }
    numbers[s] = mapped[s].value;
    ++result.used;
    if (mapped[s].assumed) ++result.assumptions;
  }
  if (!missing.empty()) {
    result.findings.push_back(fmt::format(
        "{} of {} sectors find no row of {} and keep the value of the model: {}", missing.size(),
        sectors.size(), to_string(parameter), fmt::join(missing, ", ")));
  }
  return numbers;
}

/// What a code reaches: divisions, the sectors of this label, and sectors that share a division.
struct Match {
  Divisions covered;
  std::vector<std::size_t> named, touched;
};

/// The rows of ratings in force, by pair of divisions and by pair of labels.
class Ratings {
 public:
  explicit Ratings(std::span<SectorLabel const> sectors)
      : sectors_(sectors),
        own_(divisions_of_sectors(sectors)),
        by_division_(divisions * divisions, nullptr),
        by_sector_(sectors.size() * sectors.size()) {}

  void take(Row const& row, std::size_t file) {
    auto const products = match(row.product), users = match(row.user);
    for (std::size_t p = 0; p < divisions; ++p) {
      if (!products.covered.test(p)) continue;
      for (std::size_t u = 0; u < divisions; ++u) {
        if (users.covered.test(u)) by_division_[p * divisions + u] = &row;
      }
    }
    // Divisions of a later file win over labels of an earlier one.
    for (auto const p : products.touched) {
      for (auto const u : users.touched) {
        auto& own = by_sector_[p * sectors_.size() + u];
        if (own.row != nullptr && own.file < file) own.row = nullptr;
      }
    }
    for (auto const p : products.named) {
      for (auto const u : users.named) by_sector_[p * sectors_.size() + u] = {&row, file};
    }
  }

  /// An input is as critical as its most critical part; users that differ are averaged.
  [[nodiscard]] Found rating(std::size_t product, std::size_t user) const {
    Found found;
    if (auto const* own = by_sector_[product * sectors_.size() + user].row) {
      if (own->value) found.add(*own);
      return found;
    }
    for (std::size_t u = 0; u < divisions; ++u) {
      if (!own_[user].test(u)) continue;
      Says most = nullptr;
      for (std::size_t p = 0; p < divisions; ++p) {
        Says const says = own_[product].test(p) ? by_division_[p * divisions + u] : nullptr;
        if (says == nullptr || !says->value) continue;
        if (most == nullptr || *says->value > *most->value) most = says;
      }
      if (most != nullptr) found.add(*most);
    }
    return found;
  }

 private:
  struct OwnRow {
    Says row = nullptr;
    std::size_t file = 0;
  };

  [[nodiscard]] Match match(std::string const& code) const {
    Match result{divisions_of(code), {}, {}};
    for (std::size_t s = 0; s < sectors_.size(); ++s) {
      // "*" reaches labels that are no codes; a code covers labels by their divisions.
      bool const all = code == "*" && own_[s].none();
      if (sectors_[s].label == code || all) result.named.push_back(s);
      if ((own_[s] & result.covered).any()) result.touched.push_back(s);
    }
    return result;
  }

  std::span<SectorLabel const> sectors_;
  std::vector<Divisions> own_;
  std::vector<Says> by_division_;
  std::vector<OwnRow> by_sector_;
};

void map_ratings(std::span<ParameterFile const> files, std::span<SectorLabel const> sectors,
                 SectorParameters& result) {
  Ratings ratings(sectors);
  bool any = false;
  for (std::size_t f = 0; f < files.size(); ++f) {
    for (auto const& row : files[f].rows) {
      if (row.parameter != Parameter::criticality) continue;
      any = true;
      ratings.take(row, f);
    }
  }
  if (!any) return;
  result.criticality = DenseMatrix(sectors.size(), sectors.size());
  std::size_t missing = 0;
  std::vector<bool> rated(sectors.size(), false);
  for (std::size_t p = 0; p < sectors.size(); ++p) {
    for (std::size_t u = 0; u < sectors.size(); ++u) {
      auto const found = ratings.rating(p, u);
      if (found.count == 0) {
        ++missing;
        continue;
      }
      rated[p] = true;
      // To the next half, a quarter upwards: the model knows three ratings.
      double const mean = found.sum / static_cast<double>(found.count);
      result.criticality(p, u) = std::floor(2 * mean + 0.5) / 2;
      ++result.used;
      if (found.assumed) ++result.assumptions;
    }
  }
  if (missing == 0) return;
  std::vector<std::string> without;
  for (std::size_t s = 0; s < sectors.size(); ++s) {
    if (!rated[s]) without.push_back(sectors[s].label);
  }
  result.findings.push_back(fmt::format(
      "{} of {} pairs of input and user have no rating and are taken as not critical{}", missing,
      sectors.size() * sectors.size(),
      without.empty() ? std::string{}
                      : fmt::format("; no rating at all as an input: {}", fmt::join(without, ", "))));
}

}  // namespace

std::vector<MappedNumber> map_numbers(Parameter parameter, std::span<ParameterFile const> files,
                                      std::span<SectorLabel const> sectors) {
  LINCHPIN_EXPECTS(parameter != Parameter::criticality);
  bool any = false;
  auto const in_force = rows_in_force(parameter, files, sectors, any);
  if (!any) return {};
  std::vector<MappedNumber> numbers(sectors.size());
  auto const of_sector = divisions_of_sectors(sectors);
  for (std::size_t s = 0; s < sectors.size(); ++s) {
    Found found;
    if (in_force.by_sector[s] != nullptr) {
      found.add(*in_force.by_sector[s]);
    } else {
      for (std::size_t d = 0; d < divisions; ++d) {
        bool const own = of_sector[s].test(d) && in_force.by_division[d] != nullptr;
        if (own) found.add(*in_force.by_division[d]);
      }
    }
    if (found.count == 0) continue;
    auto const count = static_cast<double>(found.count);
    numbers[s] = {found.sum / count, found.low / count, found.high / count, found.assumed};
  }
  return numbers;
}

SectorParameters map_to_sectors(std::span<ParameterFile const> files,
                                std::span<SectorLabel const> sectors) {
  SectorParameters result;
  for (auto const& file : files) {
    result.findings.insert(result.findings.end(), file.findings.begin(), file.findings.end());
  }
  result.inventory_days = numbers_of(Parameter::inventory_days, files, sectors, result);
  result.resourcing_elasticity =
      numbers_of(Parameter::resourcing_elasticity, files, sectors, result);
  result.overproduction = numbers_of(Parameter::overproduction, files, sectors, result);
  map_ratings(files, sectors, result);
  std::size_t unused = 0;
  for (auto const& file : files) {
    unused += static_cast<std::size_t>(std::count_if(
        file.rows.begin(), file.rows.end(),
        [](Row const& row) { return row.parameter == Parameter::trade_elasticity; }));
  }
  if (unused > 0) {
    result.findings.push_back(
        fmt::format("{} rows of trade_elasticity are not used: the daily model has none", unused));
  }
  return result;
}

}  // namespace linchpin::parameters
