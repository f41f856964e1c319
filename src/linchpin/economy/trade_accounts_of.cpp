// SPDX-License-Identifier: Apache-2.0
#include "linchpin/economy/trade_accounts_of.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/parallel.h"
#include "linchpin/table/trade/check_accounts.h"
#include "linchpin/table/trade/some_labels.h"

namespace linchpin {
namespace {

class Maker {
 public:
  Maker(Economy const& economy, TradeAccountsOptions const& options)
      : economy_(economy),
        space_(economy.space()),
        N_(space_.regions()),
        J_(space_.sectors()),
        tariffs_(options.tariffs),
        materials_(J_, space_.size()),
        clipped_(J_, 0.0),
        clipped_cells_(J_, 0) {
    LINCHPIN_EXPECTS(tariffs_.empty() || tariffs_.size() == N_ * N_ * J_);
    auto const& info = economy.info();
    accounts_.title = info.title;
    accounts_.source = info.source;
    accounts_.licence = info.licence;
    accounts_.year = info.year;
    accounts_.unit = info.unit;
    accounts_.regions = space_.region_labels();
    accounts_.sectors = space_.sector_labels();
    accounts_.tariffs.assign(tariffs_.begin(), tariffs_.end());
    accounts_.trade.assign(N_ * N_ * J_, 0.0);
    accounts_.value_added_share.assign(N_ * J_, 1.0);
    accounts_.input_shares.assign(N_ * J_ * J_, 0.0);
  }

  Result<TradeAccounts> make(RunControl const& control) {
    auto const done = parallel_for(J_, control, "trade accounts",
                                   [this](std::size_t sector) { add_sales(SectorId{sector}); });
    if (!done) return fail(done.error());
    add_shares();
    say_clipped();
    if (tariffs_.empty()) {
      accounts_.adjustments.emplace_back("no tariffs given: all tariffs of the base are zero");
    }
    auto const fits = check_accounts(accounts_, accounts_.title);
    if (!fits) return fail(fits.error());
    return std::move(accounts_);
  }

 private:
  /// Sales of one product: writes its block of `trade` and its row of `materials_` only.
  void add_sales(SectorId sector) {
    auto const j = sector.index();
    auto const Z = economy_.flows();
    auto const Y = economy_.final_by_region();
    auto const materials = materials_.row(j);
    for (auto const seller : space_.industries_of(sector)) {
      auto const i = space_.region_of(seller).index();
      for (std::size_t n = 0; n < N_; ++n) {
        auto const cell = accounts_.cell(j, n, i);
        auto const first = space_.first_of(RegionId{n}).index();
        auto const last = space_.last_of(RegionId{n}).index();
        double const gross = tariffs_.empty() ? 1.0 : 1.0 + tariffs_[cell];
        auto const* const flows = Z.raw() + seller.index() * space_.size();
        double sales = 0;
        for (auto k = first; k < last; ++k) {
          sales += flows[k];
          materials[k] += flows[k] * gross;
        }
        sales += Y(seller, RegionId{n});
        if (sales < 0) {
          clipped_[j] -= sales;
          ++clipped_cells_[j];
        }
        accounts_.trade[cell] = std::max(sales, 0.0);
      }
    }
  }

  void add_shares() {
    DenseVector spent(space_.size(), 0.0);
    for (std::size_t j = 0; j < J_; ++j) {
      auto const row = materials_.row(j);
      for (std::size_t k = 0; k < spent.size(); ++k) spent[k] += row[k];
    }
    std::vector<std::string> no_output, negative;
    for (std::size_t k = 0; k < spent.size(); ++k) {
      IndustryId const industry{k};
      auto const n = space_.region_of(industry).index();
      auto const user = space_.sector_of(industry).index();
      double output = 0;
      for (std::size_t m = 0; m < N_; ++m) output += accounts_.trade[accounts_.cell(user, m, n)];
      if (output <= 0) {
        no_output.push_back(space_.label(industry));
        continue;
      }
      if (spent[k] <= 0) continue;  // made from nothing: all of it is value added
      double const share = (output - spent[k]) / output;
      if (share < 0) negative.push_back(space_.label(industry));
      accounts_.value_added_share[n * J_ + user] = std::clamp(share, 0.0, 1.0);
      auto* const shares = accounts_.input_shares.data() + (n * J_ + user) * J_;
      for (std::size_t j = 0; j < J_; ++j) shares[j] = materials_(j, k) / spent[k];
    }
    auto& said = accounts_.adjustments;
    if (!no_output.empty()) {
      said.push_back(fmt::format("{} of {} industries sell nothing and get no materials: {}",
                                 no_output.size(), space_.size(), some_labels(no_output)));
    }
    if (!negative.empty()) {
      said.push_back(
          fmt::format("{} of {} industries pay more for materials than they sell; their share of "
                      "value added is set to 0: {}",
                      negative.size(), space_.size(), some_labels(negative)));
    }
    if (space_.size() < N_ * J_) {
      said.push_back(fmt::format("{} of {} pairs of region and sector are not in the table",
                                 N_ * J_ - space_.size(), N_ * J_));
    }
  }

  void say_clipped() {
    double total = 0, all = 0;
    std::size_t cells = 0;
    for (std::size_t j = 0; j < J_; ++j) {
      total += clipped_[j];
      cells += clipped_cells_[j];
    }
    if (cells == 0) return;
    for (double const value : accounts_.trade) all += value;
    accounts_.adjustments.push_back(fmt::format(
        "{} of {} purchases below zero (stocks run down) set to 0: {:.4g} {} in all, {:.2g} % of "
        "all sales",
        cells, accounts_.trade.size(), total, to_string(accounts_.unit),
        all > 0 ? 100 * total / all : 0.0));
  }

  Economy const& economy_;
  IndustrySpace const& space_;
  std::size_t N_, J_;
  std::span<double const> tariffs_;
  DenseMatrix materials_;  // product x using industry, tariffs included
  DenseVector clipped_;    // by product
  std::vector<std::size_t> clipped_cells_;
  TradeAccounts accounts_;
};

}  // namespace

Result<TradeAccounts> trade_accounts_of(Economy const& economy, TradeAccountsOptions const& options,
                                        RunControl const& control) {
  return Maker(economy, options).make(control);
}

}  // namespace linchpin
