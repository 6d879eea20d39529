/** A screen about one experiment that was opened without naming one shows the newest. */
import type { Screen } from '../../state/navigation.svelte.ts';
import { useWorkspace } from '../../state/workspace.svelte.ts';

export function followNewest(screen: Screen): void {
  const { navigation, shelf } = useWorkspace();
  $effect(() => {
    const newest = shelf.lines[0]?.experimentId;
    if (navigation.screen === screen && navigation.experimentId === null && newest !== undefined) navigation.replace(screen, newest);
  });
}
