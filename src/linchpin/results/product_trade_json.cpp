// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/product_trade_json.h"
#include "linchpin/results/worldless_origin.h"

#include <utility>

namespace linchpin {

Json product_trade_to_json(ProductTrade const& trade, ProductTradeFindings const& findings,
                           std::span<ResultTable const> tables, Origin const& origin) {
  Json years = Json::array();
  for (auto const& year : trade.years) years.push_back(year.year);
  Json buyers = Json::array();
  for (auto const& buyer : trade.buyers) {
    buyers.push_back({{"name", buyer.name}, {"members", buyer.members}});
  }
  Json document = {{"schema", json_schema("linchpin.depend-products")}};
  document["trade"] = {{"rows", trade.rows},
                       {"own_rows", trade.own_rows},
                       {"years", std::move(years)},
                       {"countries", trade.countries.size()},
                       {"products", trade.products.size()},
                       {"by", findings.by_sector ? "sector" : "product"},
                       {"unmatched", findings.unmatched}};
  document["buyers"] = std::move(buyers);
  Json notes = Json::array();
  for (auto const& table : tables) {
    document[table.name] = rows_to_json(table);
    notes.push_back(table.note);
  }
  document["warnings"] = findings.warnings;
  document["notes"] = std::move(notes);
  document["origin"] = origin_without_world(origin);
  return document;
}

}  // namespace linchpin
