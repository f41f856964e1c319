// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/table/trade/production_shares.h"
#include "linchpin/table/trade/some_labels.h"

namespace linchpin {
namespace {

/// Which sectors of the donor belong to which of the cube, and back.
struct SectorLinks {
  std::vector<std::vector<std::size_t>> donors_of;  // by sector of the cube
  std::vector<std::vector<std::size_t>> cubes_of;   // by sector of the donor
};

Result<SectorLinks> link(TradeAccounts const& donor, TradeCube const& cube,
                         Concordance const& concordance) {
  auto const to = find_labels(concordance.to, donor.sectors, "sector", concordance.file);
  if (!to) return fail(to.error());
  SectorLinks links;
  links.donors_of.resize(cube.sectors.size());
  links.cubes_of.resize(donor.sectors.size());
  ErrorList errors;
  for (std::size_t s = 0; s < cube.sectors.size(); ++s) {
    auto const from = std::find(concordance.from.begin(), concordance.from.end(), cube.sectors[s]);
    if (from != concordance.from.end()) {
      for (auto const target :
           concordance.targets_of(static_cast<std::size_t>(from - concordance.from.begin()))) {
        links.donors_of[s].push_back((*to)[target]);
        links.cubes_of[(*to)[target]].push_back(s);
      }
    }
    if (!links.donors_of[s].empty()) continue;
    errors.add(
        ErrorCode::missing_value,
        fmt::format("sector '{}' of the cube has no sector of the other world", cube.sectors[s]),
        concordance.file, "add a line from,to for it");
  }
  if (!errors.empty()) return fail(errors.joined());
  return links;
}

/// How the donor makes things: its regions, and behind them its whole world.
class Donor {
 public:
  explicit Donor(TradeAccounts const& accounts)
      : accounts_(accounts),
        N_(accounts.regions.size()),
        D_(accounts.sectors.size()),
        output_((N_ + 1) * D_, 0.0),
        materials_((N_ + 1) * D_ * D_, 0.0) {
    for (std::size_t d = 0; d < D_; ++d) {
      for (std::size_t n = 0; n < N_; ++n) {
        for (std::size_t i = 0; i < N_; ++i) {
          output_[i * D_ + d] += accounts.trade[accounts.cell(d, n, i)];
        }
      }
    }
    for (std::size_t r = 0; r < N_; ++r) {
      for (std::size_t d = 0; d < D_; ++d) {
        auto const k = r * D_ + d, all = N_ * D_ + d;
        double const spent = output_[k] * (1 - accounts.value_added_share[k]);
        output_[all] += output_[k];
        for (std::size_t e = 0; e < D_; ++e) {
          double const input = spent * accounts.input_shares[k * D_ + e];
          materials_[k * D_ + e] = input;
          materials_[all * D_ + e] += input;
        }
      }
    }
  }
  /// Row of the region of this label; that of the world if there is none.
  [[nodiscard]] std::size_t row_of(std::string const& region) const {
    auto const& labels = accounts_.regions;
    return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), region) -
                                    labels.begin());
  }
  [[nodiscard]] std::size_t world() const noexcept { return N_; }
  [[nodiscard]] double output(std::size_t row, std::size_t sector) const {
    return output_[row * D_ + sector];
  }
  /// What the sector spends on each input; D numbers.
  [[nodiscard]] double const* materials(std::size_t row, std::size_t sector) const {
    return materials_.data() + (row * D_ + sector) * D_;
  }

 private:
  TradeAccounts const& accounts_;
  std::size_t N_, D_;
  DenseVector output_;     // [region or world][sector]
  DenseVector materials_;  // [region or world][user][input]
};

class ShareMaker {
 public:
  ShareMaker(TradeAccounts const& accounts, TradeCube const& cube, SectorLinks links)
      : cube_(cube),
        donor_(accounts),
        links_(std::move(links)),
        N_(cube.regions.size()),
        J_(cube.sectors.size()),
        D_(accounts.sectors.size()) {
    result_.source = accounts.title.empty() ? accounts.source : accounts.title;
    result_.value_added_share.assign(N_ * J_, 1.0);
    result_.input_shares.assign(N_ * J_ * J_, 0.0);
  }

  ProductionShares make() {
    std::vector<std::string> strangers, not_made;
    for (std::size_t n = 0; n < N_; ++n) {
      auto const row = donor_.row_of(cube_.regions[n]);
      if (row == donor_.world()) strangers.push_back(cube_.regions[n]);
      auto const division = divide_inputs(n);
      for (std::size_t s = 0; s < J_; ++s) {
        if (fill(n, s, row, division)) continue;
        bool const filled = row != donor_.world() && fill(n, s, donor_.world(), division);
        if (row != donor_.world() || !filled) {
          not_made.push_back(fmt::format("{}:{}", cube_.regions[n], cube_.sectors[s]));
        }
      }
    }
    auto& said = result_.adjustments;
    said.push_back(
        fmt::format("shares of value added and of inputs are those of {}", result_.source));
    if (!strangers.empty()) {
      said.push_back(fmt::format("{} regions take the shares of its whole world: {}",
                                 strangers.size(), some_labels(strangers)));
    }
    if (!not_made.empty()) {
      said.push_back(
          fmt::format("{} industries that it does not have take the shares of its whole "
                      "world, or need no materials: {}",
                      not_made.size(), some_labels(not_made)));
    }
    return std::move(result_);
  }

 private:
  /// By sector of the donor, the parts of it that are each of the cube's sectors, as region `n` of
  /// the cube buys them; in the order of links_.cubes_of.
  [[nodiscard]] std::vector<std::vector<double>> divide_inputs(std::size_t n) const {
    std::vector<std::vector<double>> parts(D_);
    for (std::size_t e = 0; e < D_; ++e) {
      double sum = 0;
      for (auto const s : links_.cubes_of[e]) {
        parts[e].push_back(cube_.absorption(n, s));
        sum += parts[e].back();
      }
      auto const equal = 1 / std::max(1.0, static_cast<double>(parts[e].size()));
      for (auto& part : parts[e]) part = sum > 0 ? part / sum : equal;
    }
    return parts;
  }

  /// Shares of one industry from a row of the donor; false if the donor makes nothing of it there.
  bool fill(std::size_t n, std::size_t s, std::size_t row,
            std::vector<std::vector<double>> const& division) {
    auto* const inputs = result_.input_shares.data() + (n * J_ + s) * J_;
    double output = 0, spent = 0, known = 0;
    for (auto const d : links_.donors_of[s]) {
      double const weight = 1 / static_cast<double>(links_.cubes_of[d].size());
      output += weight * donor_.output(row, d);
      auto const* const materials = donor_.materials(row, d);
      for (std::size_t e = 0; e < D_; ++e) {
        spent += weight * materials[e];
        for (std::size_t k = 0; k < division[e].size(); ++k) {
          double const part = weight * materials[e] * division[e][k];
          inputs[links_.cubes_of[e][k]] += part;
          known += part;
        }
      }
    }
    if (output <= 0) return false;
    // Inputs that are no sector of the cube cannot be bought: the others stand for them.
    if (known <= 0) return true;
    result_.value_added_share[n * J_ + s] = std::clamp(1 - spent / output, 0.0, 1.0);
    for (std::size_t k = 0; k < J_; ++k) inputs[k] /= known;
    return true;
  }

  TradeCube const& cube_;
  Donor donor_;
  SectorLinks links_;
  std::size_t N_, J_, D_;
  ProductionShares result_;
};

}  // namespace

Result<ProductionShares> production_shares_of(TradeAccounts const& donor, TradeCube const& cube,
                                              Concordance const& concordance) {
  auto links = link(donor, cube, concordance);
  if (!links) return fail(links.error());
  return ShareMaker(donor, cube, std::move(*links)).make();
}

}  // namespace linchpin
