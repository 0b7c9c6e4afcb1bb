import type { Project } from '../project/projectSchema';
import * as edits from '../project/projectEdits';
import type { ProjectEdit } from '../protocol/labels';

/**
 * What an edit that a client asks for makes of a project.
 * @throws InputError where it is not possible
 */
export function editOf(project: Project, edit: ProjectEdit): edits.ProjectEdit {
  switch (edit.kind) {
    case 'addLayer': {
      const { overlap, labels, ...layer } = edit.layer;
      return edits.addLayer(project, {
        ...layer,
        ...(layer.kind === 'span' ? { overlap } : {}),
        labels: [...labels],
      });
    }
    case 'addLabel':
      return edits.addLabel(project, edit.layer, edit.label);
    case 'renameLabel':
      return edits.renameLabel(project, edit.layer, edit.from, edit.to);
    case 'mergeLabels':
      return edits.mergeLabelsInto(project, edit.layer, edit.from, edit.to);
    case 'deleteLabel':
      return edits.deleteLabel(project, edit.layer, edit.label);
  }
}
