// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/product_links_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/cost_power.h"
#include "linchpin/leverage/log_cost.h"

namespace linchpin::study {
namespace {

struct Seller {
  std::size_t country;
  double amount;
};

}  // namespace

Result<ProductLinksAnswer> product_links(ProductTrade const& trade,
                                         parameters::ProductElasticities const& elasticities,
                                         ProductLinksRequest const& request) {
  LINCHPIN_EXPECTS(!trade.buyers.empty() && !trade.years.empty());
  auto const& year = trade.years.back();
  auto const& imports = year.buyers.front().imports;
  std::vector<double> bought(trade.products.size(), 0);
  double total = 0;
  for (std::size_t p = 0; p < trade.products.size(); ++p) {
    for (std::size_t c = 0; c < trade.countries.size(); ++c) bought[p] += imports.at(c, p);
    total += bought[p];
  }
  ProductLinksAnswer answer;
  answer.target = trade.buyers.front().name;
  answer.year = year.year;
  answer.k = request.k;
  answer.of_spending = request.spending.has_value();
  answer.median_theta = elasticities.median;
  if (!(total > 0)) {
    return fail(ErrorCode::missing_value,
                fmt::format("{} imports nothing in {}", answer.target, year.year), "product trade",
                "name another buyer or year");
  }
  double const whole = request.spending.value_or(total);
  if (!(whole >= total * (1 - 1e-9)) || !std::isfinite(whole)) {
    return fail(ErrorCode::bad_value,
                fmt::format("spending of {:.6g}, and imports of {:.6g}", whole, total),
                "--spending", "all the target spends, imports among it, in the unit of the file");
  }
  leverage::Screen screen;
  std::vector<ProductLink> links;
  for (std::size_t p = 0; p < trade.products.size(); ++p) {
    if (bought[p] <= 0) continue;
    auto const own = elasticities.theta.find(trade.products[p]);
    bool const has = own != elasticities.theta.end();
    double const theta = has ? own->second : elasticities.median;
    ++answer.products;
    if (!has) ++answer.without_theta;
    std::vector<Seller> sellers;
    for (std::size_t c = 0; c < trade.countries.size(); ++c) {
      if (imports.at(c, p) > 0) sellers.push_back({c, imports.at(c, p)});
    }
    std::stable_sort(sellers.begin(), sellers.end(),
                     [](auto const& a, auto const& b) { return a.amount > b.amount; });
    double const weight = bought[p] / whole;
    if (sellers.size() <= request.k) {
      CutOffProduct cut{trade.products[p], {}, 100 * weight};
      for (auto const& each : sellers) cut.sellers.push_back(trade.countries[each.country]);
      answer.cut_off.push_back(std::move(cut));
      sellers.pop_back();
    }
    std::size_t const group = screen.theta.size();
    screen.theta.push_back(theta);
    screen.weight.push_back(weight);
    for (auto const& each : sellers) {
      double const share = each.amount / bought[p];
      auto const& country = trade.countries[each.country];
      screen.candidates.push_back(
          {fmt::format("{}:{}", country, trade.products[p]), group, share, {each.country}});
      double const alone =
          leverage::log_price_of_denial(std::min(share, leverage::monopoly_share), theta);
      links.push_back({country, trade.products[p], 100 * weight, 100 * share, theta, has,
                       leverage::dearer_pct(weight * alone)});
    }
  }
  answer.candidates = links.size();
  std::stable_sort(links.begin(), links.end(),
                   [](auto const& a, auto const& b) { return a.loss_pct > b.loss_pct; });
  if (links.size() > request.top) links.resize(request.top);
  answer.links = std::move(links);
  for (auto const& set : leverage::best_screened(screen, request.k, request.top)) {
    ProductLinkSet row;
    for (auto const c : set) row.links.push_back(screen.candidates[c].label);
    row.loss_pct = leverage::dearer_pct(leverage::additive_loss(screen, screen.weight, set));
    answer.sets.push_back(std::move(row));
  }
  answer.cut_off_count = answer.cut_off.size();
  std::stable_sort(answer.cut_off.begin(), answer.cut_off.end(), [](auto const& a, auto const& b) {
    return a.imports_share_pct > b.imports_share_pct;
  });
  if (answer.cut_off.size() > request.top) answer.cut_off.resize(request.top);
  if (answer.without_theta > 0) {
    answer.warnings.push_back(fmt::format(
        "{} of {} products have no elasticity of their own and get the median of all, {:.3g}: an "
        "assumption.",
        answer.without_theta, answer.products, answer.median_theta));
  }
  answer.warnings.emplace_back(
      "Shares are those in imports: what the country makes itself is not in such files, so "
      "products "
      "it could make look too dear to lose. Inputs of inputs are not counted.");
  return answer;
}

}  // namespace linchpin::study
