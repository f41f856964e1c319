// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/serve/open_world.h"
#include "linchpin/serve/world_store.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/placed.h"
#include "linchpin/study/trade_spec.h"

namespace linchpin::serve {

// Names of sets, files, technologies and worlds in what clients post, looked up before anything
// goes into the queue: only shipped ones can be there, and no path of a client is opened. Problems
// go to `errors`, at the place of the name.

/// The set of trade elasticities that `model` names.
void check_named_sets(study::TradeModelSpec const& model, IndustrySpace const& space,
                      study::ParameterSource const& source, ErrorList& errors);

/// A set to compare with: one that has a name, or "low", "high" or "uniform" of the set in force.
void check_compared_set(study::Placed<std::string> const& set, IndustrySpace const& space,
                        study::ParameterSource const& source, ErrorList& errors);

/// The sets of all scenarios.
void check_named_sets(study::EquilibriumSpec const& spec, IndustrySpace const& space,
                      study::ParameterSource const& source, ErrorList& errors);

/// Everything the [leverage] table of a study on `world` names: sets of trade elasticities,
/// technologies, files of makers, autonomy studies, minerals and further worlds, by id.
void check_named_files(study::LeverageSpec const& spec, WorldStore const& worlds,
                       OpenWorld const& world, study::ParameterSource const& source,
                       RunControl const& control, ErrorList& errors);

}  // namespace linchpin::serve
