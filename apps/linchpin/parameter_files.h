// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::app {

/// The parameter files of one run: shipped ones in the data folder, those a study names beside it,
/// those of the command line from where the program runs.
class ParameterFiles {
 public:
  /// \param study  the file that may name others
  /// \param asked  of --parameters; "FILE#SET" takes one set of a file
  ParameterFiles(std::filesystem::path study, std::vector<std::string> asked,
                 Context const& context);
  ParameterFiles(ParameterFiles const&) = delete;
  ParameterFiles& operator=(ParameterFiles const&) = delete;

  /// Valid as long as this object.
  [[nodiscard]] study::ParameterSource source();
  /// The files read so far, each once, behind `inputs`.
  [[nodiscard]] std::vector<std::filesystem::path> with(
      std::vector<std::filesystem::path> inputs) const;
  /// What was read so far, for checks that two runs are the same.
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  [[nodiscard]] std::filesystem::path path_of(std::string const& name) const;
  [[nodiscard]] Result<std::string> read(std::string const& name);

  std::filesystem::path study_;
  std::vector<std::string> asked_;
  std::filesystem::path shipped_;
  std::vector<std::filesystem::path> used_;
  std::string text_;
};

/// --parameters, repeatable.
void add_parameters_option(CLI::App& command, std::vector<std::string>& files);

}  // namespace linchpin::app
