import { reader, type Occurrence } from './define';
import { ownObject, text } from './shared/shape';

function reasonFor({ place, isUnreadable }: Occurrence): string {
	if (place === 'changed_fields') {
		return 'Meta tells that something happened, but not what. Subscribe to the field again with "Include Values" on.';
	}
	return isUnreadable ? 'It does not look as Meta documents it.' : 'This version of the node does not know it.';
}

/** Takes what no other reader takes, so that nothing that Meta sends is lost. */
export const unknown = reader({
	event: 'unknown',
	name: 'Unknown',
	description: 'Something that this version of the node does not know; for fields that you subscribed yourself',
	field: 'messages',
	anyField: true,
	from: (occurrence) => ({ kind: occurrence.kind, place: occurrence.place, reason: reasonFor(occurrence) }),
	output: {
		unknown: ownObject((about) => about, 'What is known about it', {
			kind: text('kind', "Meta's name for it: the field, or the key of the object"),
			place: text(
				'place',
				'Where it lay in the delivery: `messaging`, `standby`, `changes`, `changed_fields`, `entry`',
			),
			reason: text('reason', 'Why it is unknown, as a sentence'),
		}),
	},
	reads: () => true,
});
