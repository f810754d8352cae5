"""Labels made by people: forms and exports in, label files out, every quote checked."""

from icp_synth.evaluation.labelling.checking import check_labels
from icp_synth.evaluation.labelling.given import Extra, Outcome, Problem
from icp_synth.evaluation.labelling.merge import merge_labels
from icp_synth.evaluation.labelling.new import NewForms, new_forms
from icp_synth.evaluation.labelling.read import ORIGINS, ReadLabels, read_labels

__all__ = [
    "ORIGINS",
    "Extra",
    "NewForms",
    "Outcome",
    "Problem",
    "ReadLabels",
    "check_labels",
    "merge_labels",
    "new_forms",
    "read_labels",
]
