// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/model_resolver.h"

#include <fmt/format.h>

#include "linchpin/study/labels.h"

namespace linchpin::study {
namespace {

/// Sets the entries of `target`, one per product, that `numbers` names.
void apply_numbers(NumbersByProduct const& numbers, IndustrySpace const& space, DenseVector& target,
                   ErrorList& errors) {
  auto const& sectors = space.labels().sectors;
  // Kinds first, so that a sector's own number wins wherever it stands in the table.
  for (auto const& [entry, where] : numbers) {
    for (std::size_t s = 0; s < sectors.size(); ++s) {
      bool const named = entry.first == (sectors[s].service ? "services" : "goods");
      if (named) target[s] = entry.second;
    }
  }
  for (auto const& [entry, where] : numbers) {
    if (entry.first == "goods" || entry.first == "services") continue;
    auto const sector = space.find_sector(entry.first, where);
    if (sector) {
      target[sector->index()] = entry.second;
    } else {
      errors.add(sector.error());
    }
  }
}

void apply_ceilings(ModelSpec const& spec, IndustrySpace const& space,
                    disrupt::ModelOptions& options, ErrorList& errors) {
  if (spec.overproduction.empty()) return;
  if (options.overproduction_by_product.empty()) {
    options.overproduction_by_product.assign(space.sectors(), options.overproduction_max);
  }
  apply_numbers(spec.overproduction, space, options.overproduction_by_product, errors);
}

void apply_elasticities(ModelSpec const& spec, IndustrySpace const& space,
                        disrupt::ModelOptions& options, ErrorList& errors) {
  auto& exponents = options.resourcing_elasticity;
  if (spec.resourcing_elasticity) {
    exponents.assign(space.sectors(), spec.resourcing_elasticity->value);
  }
  if (spec.resourcing_elasticity_by_product.empty()) return;
  if (exponents.empty()) exponents.assign(space.sectors(), 1.0);
  apply_numbers(spec.resourcing_elasticity_by_product, space, exponents, errors);
}

void add_delay(DelaySpec const& spec, RegionId seller, RegionId buyer, IndustrySpace const& space,
               std::vector<bool>& named, disrupt::ModelOptions& options, ErrorList& errors) {
  if (seller == buyer) {
    if (names_everything(spec.from) || names_everything(spec.to)) return;
    errors.add(ErrorCode::bad_value,
               fmt::format("a delay from {} to itself", space.label(seller)), spec.where,
               "delays are between two regions; deliveries at home take no time");
    return;
  }
  auto const place = seller.index() * space.regions() + buyer.index();
  if (named[place]) {
    errors.add(
        ErrorCode::duplicate_label,
        fmt::format("{}>{} has two delays", space.label(seller), space.label(buyer)), spec.where,
        "give each pair of seller and buyer once; between means both ways");
    return;
  }
  named[place] = true;
  options.delays.push_back({seller, buyer, spec.days});
}

/// The delays of one [model] replace those of the study: lists do not mix.
void apply_delays(ModelSpec const& spec, IndustrySpace const& space, disrupt::ModelOptions& options,
                  ErrorList& errors) {
  if (spec.delays.empty()) return;
  options.delays.clear();
  std::vector<bool> named(space.regions() * space.regions(), false);
  for (auto const& delay : spec.delays) {
    auto const from = find_regions(delay.from, space, errors);
    auto const to = find_regions(delay.to, space, errors);
    for (auto const a : from) {
      for (auto const b : to) {
        add_delay(delay, a, b, space, named, options, errors);
        if (delay.both_ways && a != b) add_delay(delay, b, a, space, named, options, errors);
      }
    }
  }
}

/// As with delays, a list of the scenario replaces that of the study.
void apply_substitutions(ModelSpec const& spec, IndustrySpace const& space,
                         disrupt::ModelOptions& options, ErrorList& errors) {
  if (spec.substitutions.empty()) return;
  options.substitutions.clear();
  std::vector<bool> named(space.sectors(), false);
  for (auto const& [product_text, by_text, share] : spec.substitutions) {
    auto const product = space.find_sector(product_text.value, product_text.where);
    auto const by = space.find_sector(by_text.value, by_text.where);
    if (!product) errors.add(product.error());
    if (!by) errors.add(by.error());
    if (!product || !by) continue;
    if (*product == *by) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("{} cannot replace itself", space.label(*product)), by_text.where,
                 "name another product");
      continue;
    }
    if (named[product->index()]) {
      errors.add(ErrorCode::duplicate_label,
                 fmt::format("{} has two substitutes", space.label(*product)), product_text.where,
                 "give each product once");
      continue;
    }
    named[product->index()] = true;
    options.substitutions.push_back({*product, *by, share});
  }
}

}  // namespace

disrupt::OrderBase usual_orders(disrupt::Production production) noexcept {
  return production == disrupt::Production::ario ? disrupt::OrderBase::production
                                                 : disrupt::OrderBase::demand;
}

void apply_model(ModelSpec const& spec, IndustrySpace const& space, disrupt::ModelOptions& options,
                 ErrorList& errors) {
  auto const set = [](auto& target, auto const& source) {
    if (source) target = source->value;
  };
  set(options.psi, spec.psi);
  set(options.tau_inventory_days, spec.tau_inventory_days);
  if (spec.overproduction_max) options.overproduction_by_product.clear();  // one number for all
  set(options.overproduction_max, spec.overproduction_max);
  set(options.tau_overproduction_days, spec.tau_overproduction_days);
  set(options.order_rule, spec.order_rule);
  set(options.production, spec.production);
  set(options.rationing, spec.rationing);
  set(options.rationing_seed, spec.rationing_seed);
  set(options.order_base, spec.orders);
  set(options.switching_speed, spec.switching_speed);
  set(options.switching_cost, spec.switching_cost);
  set(options.capital_per_value_added, spec.capital_per_value_added);
  options.labour = spec.labour.value_or(options.labour);
  options.consumption = spec.consumption.value_or(options.consumption);
  if (spec.inventory_days) {
    options.inventory_days.assign(space.sectors(), spec.inventory_days->value);
  }
  apply_numbers(spec.inventory_days_by_product, space, options.inventory_days, errors);
  apply_ceilings(spec, space, options, errors);
  apply_elasticities(spec, space, options, errors);
  apply_delays(spec, space, options, errors);
  apply_substitutions(spec, space, options, errors);
}

}  // namespace linchpin::study
