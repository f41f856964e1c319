// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/production_shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/table/trade/check_accounts.h"
#include "linchpin/table/trade/csv_table.h"
#include "linchpin/table/trade/some_labels.h"

namespace linchpin {
namespace {

constexpr double sum_slack = 1e-3;
constexpr double not_given = -1;

class SharesReader {
 public:
  SharesReader(CsvTable table, std::vector<std::string> const& regions,
               std::vector<std::string> const& sectors)
      : table_(std::move(table)),
        regions_(regions),
        sectors_(sectors),
        N_(regions.size()),
        J_(sectors.size()),
        // One more region: what '*' says. One more input: value added.
        shares_((N_ + 1) * J_ * (J_ + 1), not_given) {}

  Result<ProductionShares> read() {
    if (auto const done = table_.read_header(); !done) return fail(done.error());
    LabelLookup region(regions_, "region"), sector(sectors_, "sector");
    auto const done = table_.for_each(problems_, [&] { take(region, sector); });
    if (!done) return fail(done.error());
    if (!problems_.empty()) return fail(problems_.joined(table_.name()));
    ProductionShares result;
    result.source = table_.name();
    result.value_added_share.assign(N_ * J_, 0.0);
    result.input_shares.assign(N_ * J_ * J_, 0.0);
    for (std::size_t k = 0; k < N_ * J_ && !problems_.full(); ++k) fill(k, result);
    if (!problems_.empty()) return fail(problems_.joined(table_.name()));
    return result;
  }

 private:
  void take(LabelLookup& region, LabelLookup& sector) {
    auto const region_text = table_.text("region");
    auto const n = region_text == "*" ? std::optional{N_}
                                      : region.find(region_text, table_.where("region"), problems_);
    auto const user = sector.find(table_.text("sector"), table_.where("sector"), problems_);
    auto const input_text = table_.text("input");
    auto const input = input_text == "value_added"
                           ? std::optional{J_}
                           : sector.find(input_text, table_.where("input"), problems_);
    auto const share = table_.number("share", problems_);
    if (!n || !user || !input || !share) return;
    if (*share < 0 || *share > 1) {
      problems_.add(ErrorCode::bad_value, fmt::format("the share is {}", *share),
                    table_.where("share"), "shares of output are between 0 and 1");
      return;
    }
    auto& place = shares_[(*n * J_ + *user) * (J_ + 1) + *input];
    if (place != not_given) {
      problems_.add(ErrorCode::duplicate_label, "the same share stands here twice", table_.where(),
                    "keep one of the lines");
    }
    place = *share;
  }

  /// Shares of industry `k`, its own or those of all regions.
  void fill(std::size_t k, ProductionShares& result) {
    auto const given = [](double share) { return share != not_given; };
    auto const* shares = shares_.data() + k * (J_ + 1);
    if (std::none_of(shares, shares + J_ + 1, given)) {
      shares = shares_.data() + (N_ * J_ + k % J_) * (J_ + 1);
    }
    auto const where = fmt::format("{}: {}:{}", table_.name(), regions_[k / J_], sectors_[k % J_]);
    if (std::none_of(shares, shares + J_ + 1, given)) {
      problems_.add(ErrorCode::missing_value, "there are no shares of this industry", where,
                    "add lines for it, or for the region '*'");
      return;
    }
    double inputs = 0;
    for (std::size_t i = 0; i < J_; ++i) inputs += std::max(shares[i], 0.0);
    double const value_added = std::max(shares[J_], 0.0);
    double const sum = value_added + inputs;
    if (std::abs(sum - 1) > sum_slack) {
      problems_.add(ErrorCode::bad_value, fmt::format("the shares sum to {:.6g}", sum), where,
                    "inputs and value_added are shares of output: they sum to 1");
      return;
    }
    result.value_added_share[k] = inputs > 0 ? value_added / sum : 1;
    for (std::size_t i = 0; i < J_ && inputs > 0; ++i) {
      result.input_shares[k * J_ + i] = std::max(shares[i], 0.0) / inputs;
    }
  }

  CsvTable table_;
  std::vector<std::string> const& regions_;
  std::vector<std::string> const& sectors_;
  std::size_t N_, J_;
  DenseVector shares_;  // [region or '*'][sector][input or value added]
  ProblemList problems_;
};

}  // namespace

Result<ProductionShares> read_production_shares(std::filesystem::path const& path,
                                                std::vector<std::string> const& regions,
                                                std::vector<std::string> const& sectors) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  CsvTable table(std::move(*csv), {"region", "sector", "input", "share"}, {});
  return SharesReader(std::move(table), regions, sectors).read();
}

Result<TradeAccounts> trade_accounts_of(TradeCube const& cube, ProductionShares const& shares) {
  auto const N = cube.regions.size(), J = cube.sectors.size();
  LINCHPIN_EXPECTS(shares.value_added_share.size() == N * J);
  LINCHPIN_EXPECTS(shares.input_shares.size() == N * J * J);
  TradeAccounts accounts;
  accounts.title = cube.title;
  accounts.source = fmt::format("{}; shares of production: {}", cube.source, shares.source);
  accounts.licence = cube.licence;
  accounts.year = cube.year;
  accounts.unit = cube.unit;
  accounts.regions = cube.regions;
  accounts.sectors = cube.sectors;
  accounts.trade.assign(N * N * J, 0.0);
  if (!cube.tariffs.empty()) accounts.tariffs.assign(N * N * J, 0.0);
  std::size_t without_sales = 0;
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t j = 0; j < J; ++j) {
        auto const from = cube.cell(i, n, j), to = accounts.cell(j, n, i);
        accounts.trade[to] = cube.values[from];
        if (!cube.tariffs.empty()) accounts.tariffs[to] = cube.tariffs[from];
      }
    }
    for (std::size_t j = 0; j < J; ++j) {
      if (cube.output(i, j) == 0) ++without_sales;
    }
  }
  accounts.value_added_share = shares.value_added_share;
  accounts.input_shares = shares.input_shares;
  accounts.adjustments = shares.adjustments;
  if (without_sales > 0) {
    accounts.adjustments.push_back(
        fmt::format("{} of {} industries sell nothing", without_sales, N * J));
  }
  if (cube.tariffs.empty()) {
    accounts.adjustments.emplace_back("no tariffs given: all tariffs of the base are zero");
  }
  if (auto const fits = check_accounts(accounts, cube.title); !fits) return fail(fits.error());
  return accounts;
}

}  // namespace linchpin
