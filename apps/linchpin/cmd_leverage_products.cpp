// SPDX-License-Identifier: Apache-2.0
// `linchpin leverage chokepoints --product-trade FILE`: sellers of products.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "apps/linchpin/leverage_commands.h"
#include "linchpin/parameters/product_elasticities.h"
#include "linchpin/results/worldless_origin.h"
#include "linchpin/study/product_links_run.h"
#include "linchpin/table/trade/product_trade.h"

namespace linchpin::app {
namespace {

void print_products(ProductLinksAnswer const& answer) {
  auto const* what = answer.of_spending ? "all it spends" : "all it imports";
  if (!answer.sets.empty()) {
    auto const& first = answer.sets.front();
    print(wrap(fmt::format(
        "Where {} can be hurt most with {} link{} in {}: without {} {} becomes {:.4f} % dearer; no "
        "set that leaves every product costs more.",
        answer.target, answer.k, answer.k == 1 ? "" : "s", answer.year,
        fmt::join(first.links, ", "), what, first.loss_pct)));
  }
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : answer.links) {
    rows.push_back({each.seller, each.product, fmt::format("{:.3f} %", each.imports_share_pct),
                    fmt::format("{:.1f} %", each.seller_share_pct),
                    fmt::format("{:.2f}{}", each.theta, each.theta_own ? "" : " (median)"),
                    fmt::format("{:.4f} %", each.loss_pct)});
  }
  print_line();
  print(text_table({"seller", "product", "of the whole", "its share", "theta", "dearer without"},
                   rows));
  if (answer.cut_off_count > 0) {
    std::vector<std::string> words;
    for (auto const& each : answer.cut_off) {
      if (words.size() == 5) break;
      words.push_back(fmt::format("{} ({})", each.product, fmt::join(each.sellers, " ")));
    }
    print(wrap(
        fmt::format("{} could be cut off altogether by {} seller{} or fewer, which is no "
                    "number; the largest: {}.",
                    answer.cut_off_count == 1 ? std::string{"1 product"}
                                              : fmt::format("{} products", answer.cut_off_count),
                    answer.k, answer.k == 1 ? "" : "s", fmt::join(words, ", "))));
  }
  for (auto const& each : answer.warnings) print(wrap(each));
}

}  // namespace

Result<void> run_leverage_products(ProductLinkOptions const& options, Context const& context) {
  RunClock const clock;
  if (auto const sound = check_target(options.target, "chokepoints"); !sound) return sound;
  ParameterFiles parameters({}, {options.elasticities}, context);
  ErrorList errors;
  if (options.elasticities.empty()) {
    errors.add(ErrorCode::bad_usage, "no elasticities of products are named",
               "linchpin leverage chokepoints", "--elasticities FILE: product,theta, or ProTEE's");
  }
  std::optional<parameters::ProductElasticities> elasticities;
  if (errors.empty()) {
    auto const text = parameters.source().read(options.elasticities);
    auto read = text ? parameters::read_product_elasticities(*text, options.elasticities)
                     : Result<parameters::ProductElasticities>{fail(text.error())};
    if (read) {
      elasticities = *std::move(read);
    } else {
      errors.add(read.error());
    }
  }
  std::vector<std::filesystem::path> const paths(options.files.begin(), options.files.end());
  ProductTradeOptions reading;
  reading.buyers = {{options.target, {options.target}}};
  reading.codes = options.codes;
  reading.year = options.year;
  auto const trade = read_product_trade(paths, reading, run_control(context));
  finish_progress();
  if (!trade) errors.add(trade.error());
  if (!errors.empty()) return fail(errors.joined());
  auto const answer =
      study::product_links(*trade, *elasticities, {options.k, options.top, options.spending});
  if (!answer) return fail(answer.error());
  if (!context.json) {
    print_products(*answer);
    return {};
  }
  Origin origin;
  origin.options = {{"target", options.target},
                    {"k", static_cast<std::int64_t>(options.k)},
                    {"year", static_cast<std::int64_t>(answer->year)}};
  if (options.spending) origin.options.emplace_back("spending", *options.spending);
  auto described = origin_without_world(clock, std::move(origin), parameters.with(paths));
  if (!described) return fail(described.error());
  print_line(to_text(product_links_to_json(*answer, *std::move(described))));
  return {};
}

}  // namespace linchpin::app
