// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/product_links.h"

#include <utility>

namespace linchpin {

Json product_links_to_json(ProductLinksAnswer const& answer, Json origin) {
  Json links = Json::array(), sets = Json::array(), cut_off = Json::array();
  for (auto const& each : answer.links) {
    links.push_back({{"seller", each.seller},
                     {"product", each.product},
                     {"imports_share_pct", each.imports_share_pct},
                     {"seller_share_pct", each.seller_share_pct},
                     {"theta", each.theta},
                     {"theta_own", each.theta_own},
                     {"loss_pct", each.loss_pct}});
  }
  for (auto const& each : answer.sets) {
    sets.push_back({{"links", each.links},
                    {"loss_pct", each.loss_pct},
                    {"bound_pct", answer.sets.front().loss_pct},
                    {"bound_kind", "proven"}});
  }
  for (auto const& each : answer.cut_off) {
    cut_off.push_back({{"product", each.product},
                       {"sellers", each.sellers},
                       {"imports_share_pct", each.imports_share_pct}});
  }
  Json document = {{"schema", json_schema("linchpin.leverage-products")},
                   {"target", answer.target},
                   {"year", answer.year},
                   {"k", answer.k},
                   {"of", answer.of_spending ? "spending" : "imports"},
                   {"sets", std::move(sets)},
                   {"links", std::move(links)},
                   {"cut_off", std::move(cut_off)},
                   {"cut_off_count", answer.cut_off_count},
                   {"products", answer.products},
                   {"candidates", answer.candidates},
                   {"without_theta", answer.without_theta},
                   {"median_theta", answer.median_theta},
                   {"warnings", answer.warnings},
                   {"origin", std::move(origin)}};
  return document;
}

}  // namespace linchpin
