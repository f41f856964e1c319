// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/check_accounts.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

constexpr double sum_slack = 1e-6;

class Checker {
 public:
  Checker(TradeAccounts const& accounts, std::string const& where)
      : accounts_(accounts), where_(where) {}

  Result<void> run() {
    labels(accounts_.regions, "region");
    labels(accounts_.sectors, "sector");
    if (!problems_.empty()) return fail(problems_.joined(where_));
    sizes();
    if (!problems_.empty()) return fail(problems_.joined(where_));
    cells();
    shares();
    elasticities();
    if (!problems_.empty()) return fail(problems_.joined(where_));
    return {};
  }

 private:
  void labels(std::vector<std::string> const& labels, char const* kind) {
    if (labels.empty()) {
      problems_.add(ErrorCode::missing_value, fmt::format("there is no {}", kind), where_,
                    "accounts have at least one region and one sector");
    }
    std::unordered_set<std::string_view> seen;
    for (auto const& label : labels) {
      auto const fault = label_fault(label);
      if (!fault.empty()) {
        problems_.add(ErrorCode::bad_value, fmt::format("a {} label {}", kind, fault), where_,
                      "labels are short printable texts");
      } else if (!seen.insert(label).second) {
        problems_.add(ErrorCode::duplicate_label,
                      fmt::format("the {} '{}' is there twice", kind, printable(label)), where_,
                      "labels are unique");
      }
    }
  }

  void size(char const* name, DenseVector const& values, std::size_t wanted, bool may_be_empty) {
    if (values.size() == wanted || (may_be_empty && values.empty())) return;
    problems_.add(ErrorCode::size_mismatch,
                  fmt::format("{} has {} numbers, expected {}", name, values.size(), wanted),
                  where_, "arrays are as long as the labels ask for");
  }

  void sizes() {
    auto const N = accounts_.regions.size(), J = accounts_.sectors.size();
    size("trade", accounts_.trade, J * N * N, false);
    size("tariffs", accounts_.tariffs, J * N * N, true);
    size("value_added_share", accounts_.value_added_share, N * J, false);
    size("input_shares", accounts_.input_shares, N * J * J, false);
    size("theta", accounts_.theta, J, true);
  }

  void add(std::string what, std::string const& at, char const* hint) {
    problems_.add(ErrorCode::bad_value, std::move(what), fmt::format("{}: {}", where_, at), hint);
  }

  void cells() {
    auto const N = accounts_.regions.size();
    auto const flow = [&](std::size_t cell) {
      return fmt::format("{} > {}, {}", accounts_.regions[cell % N],
                         accounts_.regions[cell / N % N], accounts_.sectors[cell / N / N]);
    };
    for (std::size_t c = 0; c < accounts_.trade.size(); ++c) {
      double const value = accounts_.trade[c];
      if (value >= 0 && std::isfinite(value)) continue;  // NaN fails it
      add(fmt::format("trade is {}", value), flow(c), "trade is a finite number, 0 or more");
    }
    for (std::size_t c = 0; c < accounts_.tariffs.size(); ++c) {
      double const value = accounts_.tariffs[c];
      bool const home = c % N == c / N % N;
      if (value == 0 || (value > 0 && std::isfinite(value) && !home)) continue;
      add(fmt::format("the tariff is {}", value), flow(c),
          "a tariff is a share of the value, 0 or more, and 0 at home");
    }
  }

  void shares() {
    auto const J = accounts_.sectors.size();
    auto const industry = [&](std::size_t k) {
      return fmt::format("{}:{}", accounts_.regions[k / J], accounts_.sectors[k % J]);
    };
    for (std::size_t k = 0; k < accounts_.value_added_share.size(); ++k) {
      double const share = accounts_.value_added_share[k];
      if (!(share >= 0 && share <= 1)) {
        add(fmt::format("the share of value added is {}", share), industry(k),
            "shares of value added are between 0 and 1");
      }
      double sum = 0, lowest = 0;
      for (std::size_t i = 0; i < J; ++i) {
        double const input = accounts_.input_shares[k * J + i];
        sum += input;
        if (!(input >= lowest)) lowest = input;  // NaN shows in the sum
      }
      bool const none = sum == 0 && share == 1;
      if (lowest == 0 && (none || std::abs(sum - 1) <= sum_slack)) continue;
      add(fmt::format("input shares sum to {:.9g}, the lowest is {:.6g}", sum, lowest), industry(k),
          "they sum to 1 and none is negative; all 0 only where value added is all");
    }
  }

  void elasticities() {
    for (std::size_t j = 0; j < accounts_.theta.size(); ++j) {
      double const theta = accounts_.theta[j];
      if (theta > 0 && std::isfinite(theta)) continue;
      add(fmt::format("the trade elasticity is {}", theta), accounts_.sectors[j],
          "elasticities are finite and above 0");
    }
  }

  TradeAccounts const& accounts_;
  std::string const& where_;
  ProblemList problems_;
};

}  // namespace

Result<void> check_accounts(TradeAccounts const& accounts, std::string const& where) {
  return Checker(accounts, where).run();
}

double bytes_of_accounts(std::size_t regions, std::size_t sectors) noexcept {
  auto const N = static_cast<double>(regions), J = static_cast<double>(sectors);
  return sizeof(double) * (2 * N * N * J + N * J * J + N * J + J);
}

}  // namespace linchpin
