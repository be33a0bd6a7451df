import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { changeQuorums } from '../../cluster/actions'
import type { Quorums } from '../../cluster/snapshot'
import { useCluster } from '../../cluster/store'
import { useToasts } from '../../cluster/toasts'
import { clamped, consequenceOf, sameQuorums, verdictOf } from '../../cluster/verdict'
import { rondo } from '../../format/commands'

const NONE: Quorums = { replicationFactor: 1, writeQuorum: 1, readQuorum: 1 }

/** A change of quorums that somebody is considering, against what the cluster says now. */
export interface Proposal {
  readonly current: ComputedRef<Quorums>
  /** What was chosen, as far as its N allows. */
  readonly wanted: ComputedRef<Quorums>
  readonly editing: ComputedRef<boolean>
  readonly busy: Ref<boolean>
  readonly fault: Ref<string>
  readonly elsewhere: ComputedRef<string>
  readonly verdict: ComputedRef<ReturnType<typeof verdictOf>>
  readonly consequence: ComputedRef<ReturnType<typeof consequenceOf>>
  /** What does the same in a shell, unless somebody else is first there as well. */
  readonly command: ComputedRef<string>
  choose(part: Partial<Quorums>): void
  cancel(): void
  apply(): Promise<void>
}

export function useProposal(): Proposal {
  const cluster = useCluster()
  const notes = useToasts()
  const current = computed<Quorums>(() => cluster.snapshot?.config ?? NONE)
  // Apart from what is wanted: a slider that goes too far and back takes nothing of W and R with it.
  const chosen = ref<Quorums>({ ...current.value })
  const wanted = computed(() => clamped(chosen.value, chosen.value.replicationFactor))
  const basis = ref({ epoch: cluster.snapshot?.epoch ?? 0, quorums: { ...current.value } })
  const busy = ref(false)
  const fault = ref('')
  const editing = computed(() => !sameQuorums(wanted.value, basis.value.quorums))

  function follow(): void {
    basis.value = { epoch: cluster.snapshot?.epoch ?? 0, quorums: { ...current.value } }
    chosen.value = { ...current.value }
  }

  // A change that settles raises the epoch and leaves the quorums as they were.
  function renew(epoch: number): void {
    if (epoch === basis.value.epoch || !sameQuorums(current.value, basis.value.quorums)) return
    basis.value = { ...basis.value, epoch }
    fault.value = ''
  }

  // Somebody else's change moves the slider, but not under the fingers of who is moving it.
  watch([() => cluster.snapshot?.epoch, current], ([epoch]) => {
    if (editing.value) renew(epoch ?? 0)
    else follow()
  })
  watch(chosen, () => (fault.value = ''))

  const elsewhere = computed(() => {
    if (!editing.value || busy.value || sameQuorums(current.value, basis.value.quorums)) return ''
    const { replicationFactor: n, writeQuorum: w, readQuorum: r } = current.value
    return `Changed elsewhere to N=${n} W=${w} R=${r}.`
  })

  function cancel(): void {
    if (busy.value) return
    fault.value = ''
    follow()
  }

  async function apply(): Promise<void> {
    busy.value = true
    const proposed = wanted.value
    const outcome = await changeQuorums(proposed, basis.value.epoch)
    busy.value = false
    if (outcome.kind === 'conflict') {
      fault.value = 'Somebody else changed the configuration first. Look again, then decide.'
    } else if (outcome.kind === 'refused') {
      fault.value = outcome.detail
    } else {
      fault.value = ''
      basis.value = { epoch: outcome.epoch, quorums: proposed }
      notes.say(
        'ok',
        `Replication factor is ${proposed.replicationFactor} (epoch ${outcome.epoch})`,
      )
    }
  }

  return {
    current,
    wanted,
    editing,
    busy,
    fault,
    elsewhere,
    verdict: computed(() => verdictOf(wanted.value)),
    consequence: computed(() => consequenceOf(basis.value.quorums, wanted.value, cluster.keys)),
    command: computed(() => {
      const { replicationFactor: n, writeQuorum: w, readQuorum: r } = wanted.value
      const words = ['config', 'set', `n=${n}`, `w=${w}`, `r=${r}`]
      return rondo([...words, '--epoch', basis.value.epoch])
    }),
    choose: (part) => (chosen.value = { ...chosen.value, ...part }),
    cancel,
    apply,
  }
}
